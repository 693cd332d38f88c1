use super::*;

const EN: &str = "{code} is your Salon sign-in code. Do not share it.";
const AR: &str = "{code} رمز تسجيل الدخول. لا تشاركه.";

fn en(template: &str) -> Result<(), LintError> {
    lint(MessageKind::AuthCode, Locale::En, template, None)
}

fn ar(template: &str) -> Result<(), LintError> {
    lint(MessageKind::AuthCode, Locale::Ar, template, None)
}

/// Both languages with the same piece at the end.
fn with(piece: &str) -> [Result<(), LintError>; 2] {
    [en(&format!("{EN} {piece}")), ar(&format!("{AR} {piece}"))]
}

#[test]
fn an_operator_has_room() {
    for good in [
        EN,
        "{code} is your code to log in to Glow & Co. Never share it, it is good for 5 minutes.",
        "{code}\nLogin code for Glow.\nDon't share it!",
        "{code} - Glow's SIGN IN code (24/7). Keep it secret",
    ] {
        assert_eq!(en(good), Ok(()), "{good}");
    }
    for good in [
        AR,
        "{code} رمز الدخول إلى Glow، صالح ٥ دقائق. لا تُعطه أحدا.",
        "{code} للدخول إلى «صالون ڤيڤا». لا تفصح عنه!",
        "{code}\nرمز دخول. ولا تخبر به أحدا…",
    ] {
        assert_eq!(ar(good), Ok(()), "{good}");
    }
}

#[test]
fn a_link_is_found_in_any_form() {
    for link in [
        "https://salon.example",
        "HTTP",
        "http salon",
        "www salon",
        "salon.sa",
        "Salon.SA/x",
        "wa.me/966",
        "t.me/x",
        "x.y",
        "see .sa",
        "1.2.3",
        "10.0.0.1",
        "bit.ly/a",
        "tel:911",
        "sms:1",
        "mailto:a",
        "whatsapp:x",
        "a@b",
        "@salon",
        "#salon",
        "//salon",
        "salon/book",
        "صالون.السعودية",
        "صالون.\u{64e}السعودية",
        "صالون/حجز",
        "xn--mgbab2bd.xn--mgberp4a5d4ar",
        "fe80::1",
        "host:80",
        "salon._x",
        "a./b",
    ] {
        for result in with(link) {
            // Arabic letters are none of an English text's anyway.
            assert!(matches!(result, Err(LintError::Link | LintError::Letter(_))), "{link}: {result:?}");
        }
        assert_eq!(ar(&format!("{AR} {link}")), Err(LintError::Link), "{link}");
    }
    for fullwidth in ["salon\u{ff0e}sa", "salon\u{3002}sa", "salon\u{2024}sa", "s\u{430}lon", "ｗｗｗ"] {
        assert!(with(fullwidth).iter().all(|result| matches!(result, Err(LintError::Letter(_)))), "{fullwidth}");
    }
}

#[test]
fn what_cannot_be_seen_is_refused_wherever_it_stands() {
    for hidden in [
        '\u{0}',
        '\u{7}',
        '\t',
        '\r',
        '\u{1b}',
        '\u{7f}',
        '\u{85}',
        '\u{a0}',
        '\u{ad}',
        '\u{61c}',
        '\u{200b}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{2028}',
        '\u{202a}',
        '\u{202e}',
        '\u{202f}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{3000}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{e0041}',
    ] {
        assert_eq!(with(&hidden.to_string()), [Err(LintError::Hidden(hidden)); 2], "{hidden:?}");
        assert_eq!(ar(&format!("{hidden}{AR}")), Err(LintError::Hidden(hidden)), "{hidden:?} before the code");
        assert_eq!(
            ar(&AR.replace("{code}", &format!("{{code}}{hidden}"))),
            Err(LintError::Hidden(hidden)),
            "{hidden:?} after it"
        );
    }
}

#[test]
fn a_letter_of_another_script_or_price_is_refused() {
    assert_eq!(en(&EN.replace('a', "а")), Err(LintError::Letter('а')), "Cyrillic, and UCS-2");
    assert_eq!(en(&format!("{EN} It’s yours")), Err(LintError::Letter('’')), "it would more than halve what fits");
    assert_eq!(ar(&AR.replace('ي', "ی")), Err(LintError::Letter('ی')), "Persian: it looks the same in the middle of a word");
    assert_eq!(ar(&format!("{AR} ﷼")), Err(LintError::Letter('﷼')));
    assert_eq!(ar(&format!("{AR} 💇")), Err(LintError::Letter('💇')));
}

#[test]
fn nothing_but_the_code_is_filled_in() {
    for (piece, mark) in [
        ("{name}", '{'),
        ("{ code }", '{'),
        ("{Code}", '{'),
        ("{{code}}", '{'),
        ("%s", '%'),
        ("%code%", '%'),
        ("$code", '$'),
        ("<code>", '<'),
        ("[code]", '['),
        ("*code*", '*'),
    ] {
        assert_eq!(with(piece), [Err(LintError::Placeholder(mark)); 2], "{piece}");
    }
}

#[test]
fn the_code_stands_first_alone_and_once() {
    for bad in [
        "Your sign-in code is {code}. Do not share it.",
        " {code} is your sign-in code. Do not share it.",
        "{code}is your sign-in code. Do not share it.",
        "{code}. is your sign-in code. Do not share it.",
        "{code} is your sign-in code. Do not share {code}.",
        "{code}{code} is your sign-in code. Do not share it.",
        "Your sign-in code. Do not share it.",
        "{code}",
        "",
    ] {
        assert_eq!(en(bad), Err(LintError::Code), "{bad}");
    }
    let told = |text: &str| lint(MessageKind::PhoneChanged, Locale::En, text, None);
    assert_eq!(told("Your account moved to another number."), Ok(()));
    assert_eq!(told("{code} Your account moved to another number."), Err(LintError::NoCode));
    assert_eq!(told("Your account moved."), Err(LintError::Purpose(purposes(MessageKind::PhoneChanged, Locale::En))));
}

#[test]
fn no_other_number_can_be_taken_for_the_code() {
    for number in [
        "1234",
        "12 34",
        "1-2-3-4",
        "1 - 2 - 3 - 4",
        "(12) (34)",
        "12,34",
        "920012345",
        "+966 50 123",
        "A1B2C3D4",
        "G-4829",
        "٤٨٢٩١٠",
        "٤ ٨ ٢ ٩",
        "1٢3٤",
        "12\n34",
    ] {
        let result = ar(&format!("{AR} {number}"));
        assert_eq!(result, Err(LintError::Number), "{number}");
    }
    assert_eq!(en(&format!("{EN} Call 920012345")), Err(LintError::Number));
    assert_eq!(en(&EN.replace("{code} is", "{code} 7 is")), Err(LintError::Number), "the code would look longer");
    assert_eq!(en(&EN.replace("{code} is", "{code} - 7 is")), Err(LintError::Number));
    assert_eq!(with("5 min"), [Ok(()), Ok(())]);
    assert_eq!(with("24/7 or 9:30 x"), [Ok(()), Ok(())]);
}

#[test]
fn an_arabic_text_reads_from_right_to_left() {
    assert_eq!(ar("{code} Salon: رمز تسجيل الدخول. لا تشاركه."), Err(LintError::Direction));
    assert_eq!(ar("{code} (رمز تسجيل الدخول إلى Salon). لا تشاركه."), Ok(()));
    let told = |text: &str| lint(MessageKind::PhoneChanged, Locale::Ar, text, None);
    assert_eq!(told("Salon: انتقل حسابك إلى رقم آخر."), Err(LintError::Direction));
    assert_eq!(told("انتقل حسابك إلى رقم آخر."), Ok(()));
}

#[test]
fn a_text_says_what_it_is_for_and_nothing_else() {
    let verify = |text: &str| lint(MessageKind::VerifyCode, Locale::En, text, None);
    assert_eq!(en("{code} is your code. Do not share it."), Err(LintError::Purpose(purposes(MessageKind::AuthCode, Locale::En))));
    assert_eq!(verify("{code} to verify your number. Do not share it."), Ok(()));
    assert_eq!(verify(EN), Err(LintError::Purpose(purposes(MessageKind::VerifyCode, Locale::En))));
    assert_eq!(verify("{code} to verify your number and sign in. Do not share it."), Err(LintError::OtherPurpose));
    assert_eq!(en("{code} is your sign-in code."), Err(LintError::Sharing(sharing(Locale::En))));
    assert_eq!(ar("{code} رمز تسجيل الدخول. أهلا تشارك."), Err(LintError::Sharing(sharing(Locale::Ar))));
    assert_eq!(ar("{code} رمزك. لا تشاركه."), Err(LintError::Purpose(purposes(MessageKind::AuthCode, Locale::Ar))));
}

#[test]
fn a_text_fits_one_segment_with_the_longest_code_and_two_with_the_line_for_phones() {
    let host = OtpHost::parse("salon.example").expect("a host");
    let longest =
        |text: &str, letter: &str, length: usize| format!("{text} {}", letter.repeat(length - text.chars().count() - 5));
    // The space, and four more: the code has ten digits, its place in the template six.
    assert_eq!(en(&longest(EN, "x", 160)), Ok(()));
    assert!(matches!(en(&longest(EN, "x", 161)), Err(LintError::TooLong { most: 1, .. })));
    assert_eq!(ar(&longest(AR, "س", 70)), Ok(()));
    assert!(matches!(ar(&longest(AR, "س", 71)), Err(LintError::TooLong { most: 1, .. })));

    let line = "\n@salon.example #0000000000".len();
    let two = |length: usize| lint(MessageKind::AuthCode, Locale::Ar, &longest(AR, "س", length - line), Some(&host));
    assert_eq!(two(134), Ok(()));
    let Err(LintError::TooLong { is, most: 2 }) = two(135) else { panic!("it needs three") };
    assert_eq!((is.segments, is.units), (3, 135));
    let told = format!("انتقل حسابك إلى رقم آخر {}", "س".repeat(60));
    let told = lint(MessageKind::PhoneChanged, Locale::Ar, &told, Some(&host));
    assert!(matches!(told, Err(LintError::TooLong { most: 1, .. })), "a message without a code has no such line");
}

#[test]
fn a_broken_rule_is_said_in_plain_words() {
    let said = |template: &str| en(template).expect_err("refused").to_string();
    assert_eq!(said(&format!("{EN}\u{202e}")), "holds U+202E, which cannot be seen or changes the direction of the text");
    assert_eq!(said("Hello"), "must start with {code} and a space, and name it once");
    assert_eq!(said(&format!("{EN} {{name}}")), "holds `{`: nothing is filled in but {code}");
    assert!(
        said("{code} is your sign-in code.").ends_with(
            "with one of: do not share, don't share, never share, do not give, don't give, never give, keep it secret"
        )
    );
    let long = said(&format!("{EN} {}", "x".repeat(160)));
    assert_eq!(long, "needs 2 segments with the longest code (GSM-7, 216 units), and may need 1");
}
