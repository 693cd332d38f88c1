//! A phone number inside a text of either direction.

use domain::phone::{Mask, PhoneNumber};
use leptos::prelude::*;

/// Writes a phone so that a right-to-left paragraph does not turn it round. Only what the mask lets through reaches the page.
#[component]
pub(crate) fn Phone(number: PhoneNumber, #[prop(default = Mask::M0)] mask: Mask) -> impl IntoView {
    view! { <bdi class="phone" dir="ltr">{number.masked(mask)}</bdi> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(mask: Mask) -> String {
        let number = PhoneNumber::from_canonical("+966501234567").expect("canonical");
        Owner::new().with(|| view! { <Phone number=number mask=mask /> }.to_html())
    }

    #[test]
    fn a_phone_is_isolated_and_written_left_to_right() {
        assert_eq!(html(Mask::M0), r#"<bdi dir="ltr" class="phone">050 123 4567</bdi>"#);
    }

    #[test]
    fn a_masked_phone_has_no_more_digits_in_the_page_than_the_mask_shows() {
        let digits: String = html(Mask::M1).chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, "054567");
    }
}
