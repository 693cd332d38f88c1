//! Every phone of the two vector files reads as the file says.

use domain::phone::{PhoneNumber, PhoneReason, Region, check_shape};

/// Decodes `\uXXXX`.
fn decode(text: &str) -> String {
    let mut pieces = text.split("\\u");
    let mut decoded = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_at(4);
        decoded.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        decoded.push_str(rest);
    }
    decoded
}

fn vectors(file: &str) -> Vec<(String, Region, String, String)> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (decode(&row[0]), Region::parse(&row[1]).unwrap(), row[2].to_owned(), row[3].to_owned())).collect()
}

fn check(file: &str, at_least: usize) {
    let vectors = vectors(file);
    assert!(vectors.len() >= at_least, "only {} vectors", vectors.len());
    let mut wrong = Vec::new();
    for (input, region, expected, note) in &vectors {
        let read = PhoneNumber::parse(input, *region);
        let got = match &read {
            Ok(phone) => phone.as_e164().to_owned(),
            Err(error) => error.to_string(),
        };
        if got != *expected {
            wrong.push(format!("{input:?} in {region}: expected {expected}, got {got} ({note})"));
        }
        // What the browser refuses, the server refuses for the same reason.
        if let Err(reason) = check_shape(input, *region) {
            assert_eq!(read.map_err(|error| error.reason), Err(reason), "{input:?}");
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {} wrong", wrong.join("\n"), wrong.len(), vectors.len());
}

#[test]
fn every_agreed_vector_reads_as_agreed() {
    check(include_str!("data/phones.csv"), 116);
}

#[test]
fn what_else_people_and_attackers_type_is_read_or_refused() {
    check(include_str!("data/more_phones.csv"), 130);
}

#[test]
fn a_missing_plus_comes_with_the_number_that_was_meant() {
    let error = PhoneNumber::parse("971 50 123 4567", Region::SA).unwrap_err();
    assert_eq!(error.reason, PhoneReason::MissingPlus);
    assert_eq!(error.suggestion.unwrap().as_e164(), "+971501234567");
    assert_eq!(PhoneNumber::parse("123", Region::SA).unwrap_err().suggestion, None);
}

#[test]
fn most_faults_are_seen_without_the_library() {
    for (input, reason) in [
        ("", PhoneReason::Empty),
        ("05", PhoneReason::TooShort),
        ("05012345678", PhoneReason::TooLong),
        ("0501234567 ext 5", PhoneReason::HasExtension),
        ("O501234567", PhoneReason::InvalidChars),
    ] {
        assert_eq!(check_shape(input, Region::SA), Err(reason), "{input}");
    }
    assert_eq!(check_shape("٠٥٠ ١٢٣ ٤٥٦٧", Region::SA), Ok(()));
    assert_eq!(check_shape("+971 50 123 4567", Region::SA), Ok(()));
}

#[test]
fn the_country_is_that_of_the_number_not_of_its_code() {
    for (e164, country) in [
        ("+966501234567", "SA"),
        ("+971501234567", "AE"),
        ("+12015550123", "US"),
        ("+15062345678", "CA"),
        ("+77710009998", "KZ"),
        ("+79123456789", "RU"),
        ("+447400123456", "GB"),
        ("+447797712345", "JE"),
    ] {
        assert_eq!(PhoneNumber::from_canonical(e164).unwrap().country().as_str(), country, "{e164}");
    }
}

#[test]
fn reasons_read_back_from_their_codes() {
    for reason in PhoneReason::ALL {
        assert_eq!(PhoneReason::parse(reason.as_str()), Some(reason));
    }
    assert_eq!(PhoneReason::parse("Empty"), None);
}
