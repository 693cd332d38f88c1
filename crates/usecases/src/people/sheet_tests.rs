use domain::ids::UserId;
use domain::phone::PhoneNumber;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const WORDS: SheetWords = SheetWords {
    heads: ["رقم الجوال"; COLUMNS],
    yes_no: ["نعم", "لا"],
    comma: "، ",
    status: |_| "نشط",
    role: |_| "مالك",
    origin: |_| "سجّل بنفسه",
    language: |_| "العربية",
};

fn person(phone: &str, given: &str, family: &str, email: &str) -> User {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    User {
        id: UserId(Uuid::from_u128(7)),
        phone: PhoneNumber::from_canonical(phone),
        status: UserStatus::Active,
        is_phone_verified: true,
        epoch: 1,
        given_name: text(given),
        family_name: text(family),
        email: text(email),
        locale: Locale::Ar,
        origin: UserOrigin::SelfService,
        is_sandbox: false,
        roles: vec![Role::Owner, Role::Stylist],
        created_at: DateTime::from_timestamp(1_795_003_200, 0).expect("in range"),
        last_seen_at: None,
    }
}

fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_program_reads_what_the_api_says() {
    let bytes = [Sheet::Raw.begin().unwrap(), Sheet::Raw.people([&person("+966501234567", "Sara, \"S\"", "", "")]).unwrap()];
    assert_eq!(
        String::from_utf8(bytes.concat()).unwrap(),
        "phone,given_name,family_name,email,is_phone_verified,status,roles,origin,locale,created_at,last_seen_at,id\r\n\
         +966501234567,\"Sara, \"\"S\"\"\",,,true,active,owner stylist,self_service,ar,2026-11-18T12:00:00Z,,\
         00000000-0000-0000-0000-000000000007\r\n"
    );
}

#[test]
fn a_spreadsheet_has_its_mark_phones_as_they_are_said_and_riyadhs_time() {
    let sheet = Sheet::Spreadsheet(WORDS);
    assert!(sheet.begin().unwrap().starts_with(b"\xEF\xBB\xBF\""));
    let cells = |phone| read(&sheet.people([&person(phone, "", "", "")]).unwrap()).remove(0);
    let saudi = cells("+966501234567");
    assert_eq!((saudi[0].as_str(), saudi[4].as_str(), saudi[6].as_str()), ("050 123 4567", "نعم", "مالك، مالك"));
    assert_eq!(saudi[9], "2026-11-18 15:00");
    assert_eq!(cells("+971501234567")[0], "'+971 50 123 4567", "a plus begins a formula");
}

proptest! {
    #[test]
    fn whatever_people_are_called_a_file_is_read_back_and_calculates_nothing(
        given in "[=+@\\-\\t\\r\\n＝\"',; a-cسa-c]{0,6}", family in "\\PC{0,8}", email in "[=+\\-@a-c.]{0,8}"
    ) {
        let person = person("+971501234567", &given, &family, &email);
        let raw = read(&Sheet::Raw.people([&person]).unwrap());
        prop_assert_eq!(raw.len(), 1);
        let cells = [raw[0][1].as_str(), &raw[0][2], &raw[0][3]];
        prop_assert_eq!(cells, [given.as_str(), &family, &email]);

        let sheet = read(&Sheet::Spreadsheet(WORDS).people([&person]).unwrap());
        prop_assert_eq!(sheet.len(), 1);
        for cell in &sheet[0] {
            prop_assert!(!cell.starts_with(TRIGGERS), "{}", cell);
        }
        for (cell, text) in sheet[0][1..4].iter().zip([&given, &family, &email]) {
            prop_assert!(cell == text || *cell == format!("'{text}"), "{} for {}", cell, text);
        }
    }
}
