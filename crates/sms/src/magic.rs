//! Numbers that fail as told, to see each failure from the form to the waiting page without a provider.
//!
//! They are valid Saudi mobiles and may belong to somebody, so they are magic only for the carriers of development (`outbox`, `log`,
//! `file`), which send nothing anywhere. A real provider gets them like any other number.
//!
//! | number | in national form | what becomes of its messages |
//! |---|---|---|
//! | `+966500000901` | 050 000 0901 | the number cannot receive messages |
//! | `+966500000902` | 050 000 0902 | blocked |
//! | `+966500000903` | 050 000 0903 | rate limited: tried again |
//! | `+966500000904` | 050 000 0904 | a temporary failure: tried again |
//! | `+966500000905` | 050 000 0905 | a permanent failure |
//! | `+966500000906` | 050 000 0906 | nobody knows whether it was taken: tried again |

use domain::phone::PhoneNumber;

use crate::sender::SmsError;

/// The failure that `phone` stands for.
pub(crate) fn failure(phone: &PhoneNumber) -> Option<SmsError> {
    let text = || "a magic number of development".to_owned();
    Some(match phone.as_e164() {
        "+966500000901" => SmsError::InvalidNumber(text()),
        "+966500000902" => SmsError::Blocked(text()),
        "+966500000903" => SmsError::RateLimited(text()),
        "+966500000904" => SmsError::Temporary(text()),
        "+966500000905" => SmsError::Permanent(text()),
        "+966500000906" => SmsError::Unknown(text()),
        _ => return None,
    })
}
