//! RFC 9457 problem answers of the JSON door. A handler returns a [`Problem`]; the middleware `answer` writes it, because only
//! there the language and the request id are known.

use axum::response::{IntoResponse, Response};
use domain::booking;
use domain::error::{ErrorCode, ValidationError};
use domain::limits::{QuotaExceeded, Standing};
use domain::locale::Locale;
use domain::phone::{PhoneNumber, PhoneReason};
use domain::phone_move::Refusal;
use domain::salon::NotLive;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};
use usecases::{Error, Hit, OtherSlot, ProofRequired};

use crate::api::views::Proof;
use crate::rate_limit;

/// What went wrong, with what a caller can act on. Inner errors are logged here and go no further.
#[derive(Clone, Debug)]
pub struct Problem {
    pub code: ErrorCode,
    more: More,
    /// Boxed: every handler's `Result` carries one.
    headers: Box<HeaderMap>,
}

#[derive(Clone, Debug)]
enum More {
    Nothing,
    Phone { reason: PhoneReason, suggestion: Option<PhoneNumber> },
    Fields(Vec<ValidationError>),
    Guesses(u8),
    Proof(ProofRequired),
    Quota(QuotaExceeded),
    Wait(u64),
    Move(Refusal),
    Slots(Vec<OtherSlot>),
    Booking(booking::Refusal),
    Bookings(Vec<Hit>),
    NotLive(NotLive),
}

impl Problem {
    pub fn new(code: ErrorCode) -> Self {
        let mut headers = HeaderMap::new();
        // RFC 9110 §11.6.1: a 401 says how to authenticate.
        let challenge = match code {
            ErrorCode::Unauthenticated => Some("Bearer realm=\"salon\""),
            ErrorCode::SessionEnded => Some("Bearer realm=\"salon\", error=\"invalid_token\""),
            // RFC 9470 §3.
            ErrorCode::FreshAuthenticationRequired => Some("Bearer realm=\"salon\", error=\"insufficient_user_authentication\""),
            _ => None,
        };
        if let Some(challenge) = challenge {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        Self { code, more: More::Nothing, headers: Box::new(headers) }
    }

    pub fn validation(errors: Vec<ValidationError>) -> Self {
        Self { more: More::Fields(errors), ..Self::new(ErrorCode::Validation) }
    }

    pub fn quota(quota: QuotaExceeded) -> Self {
        let mut problem = Self::new(ErrorCode::QuotaExceeded);
        rate_limit::write_headers(&mut problem.headers, &quota.violated);
        problem.headers.insert(header::RETRY_AFTER, quota.retry_after_s().into());
        problem.more = More::Quota(quota);
        problem
    }

    pub fn unavailable(retry_after_s: u64) -> Self {
        let mut problem = Self::new(ErrorCode::Unavailable);
        problem.headers.insert(header::RETRY_AFTER, retry_after_s.into());
        problem.more = More::Wait(retry_after_s);
        problem
    }

    #[must_use]
    pub fn with_header(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// The status of its code.
    ///
    /// # Panics
    /// Never: the statuses of `ErrorCode` are 400 to 503.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).expect("the statuses of ErrorCode are 400 to 503: a test of domain reads them")
    }

    /// The headers that go with it.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The document in `locale`.
    pub fn document(&self, locale: Locale, request_id: &str) -> Value {
        let (title, detail) = app::i18n::problem(self.code, locale);
        let mut document = json!({
            "type": format!("/problems/{}", self.code.as_str()),
            "title": title,
            "status": self.code.status(),
            "detail": detail,
            "code": self.code.as_str(),
            "request_id": request_id,
        });
        if let Some(members) = document.as_object_mut() {
            self.more.write(members, locale);
        }
        document
    }
}

impl More {
    fn write(&self, members: &mut Map<String, Value>, locale: Locale) {
        let mut set = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
        match self {
            Self::Nothing => {}
            Self::Phone { reason, suggestion } => {
                set("detail", app::i18n::phone_reason(*reason, locale).into());
                set("reason", reason.as_str().into());
                if let Some(phone) = suggestion {
                    set("suggestion", phone.as_e164().into());
                }
            }
            Self::Fields(errors) => {
                let detail = |error: &ValidationError| app::i18n::field_error(error.code, locale);
                set(
                    "errors",
                    errors
                        .iter()
                        .map(|error| json!({ "pointer": error.pointer, "code": error.code.as_str(), "detail": detail(error) }))
                        .collect(),
                );
            }
            Self::Guesses(left) => set("attempts_remaining", (*left).into()),
            Self::Proof(proof) => set("proof", json!(Proof::from(proof))),
            Self::Quota(quota) => {
                set("violated_policies", quota.violated.iter().map(|standing| standing.quota.policy.as_str()).collect());
                set("retry_after", quota.retry_after_s().into());
                if let Some(worst) = quota.violated.iter().max_by_key(|standing| standing.reset_in) {
                    set("rate_limit", rate_limit_member(worst));
                }
            }
            Self::Wait(seconds) => set("retry_after", (*seconds).into()),
            Self::Slots(nearest) => set("nearest", nearest.iter().map(slot_member).collect()),
            Self::Booking(refusal) => set("reason", refusal.as_str().into()),
            Self::Move(refusal) => {
                set("detail", app::i18n::messages(locale).phone_moves.refusal(*refusal).into());
                set("reason", refusal.as_str().into());
            }
            Self::Bookings(hits) => set(
                "bookings",
                hits.iter()
                    .map(|hit| {
                        json!({ "id": hit.booking, "code": hit.code, "staff_id": hit.staff,
                            "starts_at": hit.starts_at, "ends_at": hit.ends_at })
                    })
                    .collect(),
            ),
            Self::NotLive(lacks) => set("reason", lacks.as_str().into()),
        }
    }
}

fn slot_member(other: &OtherSlot) -> Value {
    let OtherSlot { staff_id, slot } = other;
    json!({ "staff_id": staff_id, "starts_at": slot.starts_at, "business_date": slot.date })
}

fn rate_limit_member(standing: &Standing) -> Value {
    json!({ "limit": standing.quota.limit, "remaining": standing.remaining, "reset_in": standing.reset_in_s() })
}

impl From<ErrorCode> for Problem {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = error.code();
        match error {
            Error::InvalidPhone(error) => {
                Self { more: More::Phone { reason: error.reason, suggestion: error.suggestion }, ..Self::new(code) }
            }
            Error::Validation(errors) => Self::validation(errors),
            Error::InvalidCode { attempts_remaining } => Self { more: More::Guesses(attempts_remaining), ..Self::new(code) },
            Error::ProofRequired(proof) => Self { more: More::Proof(proof), ..Self::new(code) },
            Error::QuotaExceeded(quota) => Self::quota(quota),
            Error::SlotTaken(nearest) => Self { more: More::Slots(nearest), ..Self::new(code) },
            Error::BookingRefused(refusal) => Self { more: More::Booking(refusal), ..Self::new(code) },
            Error::MoveRefused(refusal) => Self { more: More::Move(refusal), ..Self::new(code) },
            Error::HitsBookings(hits) => Self { more: More::Bookings(hits), ..Self::new(code) },
            Error::NotLive(lacks) => Self { more: More::NotLive(lacks), ..Self::new(code) },
            Error::Unavailable { retry_after_s, source } => {
                tracing::warn!(error = %usecases::chain(&*source), "unavailable");
                Self::unavailable(retry_after_s)
            }
            Error::Internal(source) => {
                tracing::error!(error = %usecases::chain(&*source), "internal error");
                Self::new(code)
            }
            _ => Self::new(code),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.headers_mut().extend((*self.headers).clone());
        response.extensions_mut().insert(self);
        response
    }
}
