//! People as lines of a CSV file (RFC 4180), for a spreadsheet or for a program.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Asia::Riyadh;
use domain::locale::Locale;
use domain::phone::Mask;
use domain::role::Role;
use domain::user::{User, UserOrigin, UserStatus};

use crate::Error;

/// Columns of a file.
pub const COLUMNS: usize = 12;

/// As programs read them.
const NAMES: [&str; COLUMNS] = [
    "phone",
    "given_name",
    "family_name",
    "email",
    "is_phone_verified",
    "status",
    "roles",
    "origin",
    "locale",
    "created_at",
    "last_seen_at",
    "id",
];

/// What a cell must not begin with: a spreadsheet takes it for a formula, the wide forms too, or reads on behind it.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// For whom the file is.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::large_enum_variant, reason = "one for an export: it holds a few texts that live as long as the program")]
pub enum Sheet {
    /// For programs: E.164, ids, RFC 3339, the names of the API.
    Raw,
    /// For people with a spreadsheet: their language, phones as they are said, Riyadh's time.
    Spreadsheet(SheetWords),
}

/// The words of a spreadsheet.
#[derive(Clone, Copy, Debug)]
pub struct SheetWords {
    /// What the columns are called.
    pub heads: [&'static str; COLUMNS],
    /// Yes, no.
    pub yes_no: [&'static str; 2],
    /// Between two roles.
    pub comma: &'static str,
    /// A status.
    pub status: fn(UserStatus) -> &'static str,
    /// A role.
    pub role: fn(Role) -> &'static str,
    /// Who wrote somebody first.
    pub origin: fn(UserOrigin) -> &'static str,
    /// A language.
    pub language: fn(Locale) -> &'static str,
}

impl Sheet {
    /// The name, as in an address.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Spreadsheet(_) => "spreadsheet",
        }
    }

    /// The beginning of the file. Spreadsheets know UTF-8 by its mark.
    pub(super) fn begin(&self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Raw => self.lines([NAMES.map(str::to_owned)]),
            Self::Spreadsheet(words) => Ok(["\u{FEFF}".as_bytes(), &self.lines([words.heads.map(str::to_owned)])?].concat()),
        }
    }

    /// A line for each person.
    pub(super) fn people<'a>(&self, people: impl IntoIterator<Item = &'a User>) -> Result<Vec<u8>, Error> {
        self.lines(people.into_iter().map(|user| self.cells(user)))
    }

    fn lines(&self, lines: impl IntoIterator<Item = [String; COLUMNS]>) -> Result<Vec<u8>, Error> {
        let mut writer = csv::WriterBuilder::new();
        writer.terminator(csv::Terminator::CRLF);
        if matches!(self, Self::Spreadsheet(_)) {
            // Where semicolons divide the columns, a name with one would become two cells.
            writer.quote_style(csv::QuoteStyle::Always);
        }
        let mut writer = writer.from_writer(Vec::new());
        for line in lines {
            let line = if matches!(self, Self::Raw) { line } else { line.map(guarded) };
            writer.write_record(&line).map_err(Error::internal)?;
        }
        writer.into_inner().map_err(|error| Error::internal(error.to_string()))
    }

    fn cells(&self, user: &User) -> [String; COLUMNS] {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (given, family, email, id) =
            (text(&user.given_name), text(&user.family_name), text(&user.email), user.id.to_string());
        let phone = |show: fn(&domain::phone::PhoneNumber) -> String| user.phone.as_ref().map(show).unwrap_or_default();
        match self {
            Self::Raw => [
                phone(|phone| phone.as_e164().to_owned()),
                given,
                family,
                email,
                user.is_phone_verified.to_string(),
                user.status.as_str().to_owned(),
                user.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" "),
                user.origin.as_str().to_owned(),
                user.locale.as_str().to_owned(),
                rfc_3339(user.created_at),
                user.last_seen_at.map(rfc_3339).unwrap_or_default(),
                id,
            ],
            Self::Spreadsheet(words) => [
                phone(|phone| phone.masked(Mask::M0)),
                given,
                family,
                email,
                words.yes_no[usize::from(!user.is_phone_verified)].to_owned(),
                (words.status)(user.status).to_owned(),
                user.roles.iter().map(|role| (words.role)(*role)).collect::<Vec<_>>().join(words.comma),
                (words.origin)(user.origin).to_owned(),
                (words.language)(user.locale).to_owned(),
                in_riyadh(user.created_at),
                user.last_seen_at.map(in_riyadh).unwrap_or_default(),
                id,
            ],
        }
    }
}

/// A cell that no spreadsheet calculates: an apostrophe makes it text (OWASP, CSV injection).
fn guarded(cell: String) -> String {
    if cell.starts_with(TRIGGERS) { format!("'{cell}") } else { cell }
}

fn rfc_3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A form that spreadsheets read as a time, in any language.
fn in_riyadh(at: DateTime<Utc>) -> String {
    at.with_timezone(&Riyadh).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
