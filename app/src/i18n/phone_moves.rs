//! A number that is moved because staff ask for it: the page of the admin, and the page where its owner proves it.

use domain::phone_move::{MoveKind, Refusal};

/// Texts of `/admin/users/{id}/phone` and of `/phone-change`.
pub struct PhoneMoves {
    pub title: &'static str,
    pub lead: &'static str,
    pub current: &'static str,
    pub new_number: &'static str,
    pub new_number_hint: &'static str,
    pub go_on: &'static str,
    pub free: &'static str,
    pub taken: &'static str,
    pub to: &'static str,
    /// What happens, by [`MoveKind::ALL`].
    pub points: [&'static [&'static str]; 3],
    pub heads: [&'static str; 3],
    pub buttons: [&'static str; 3],
    pub other_number: &'static str,
    pub gives_up: &'static str,
    pub gives_up_points: &'static [&'static str],
    pub gives_up_button: &'static str,

    pub waiting: &'static str,
    /// Takes the moment when it ends.
    pub waits_until: fn(&str) -> String,
    pub tell_them: &'static [&'static str],
    pub cancel: &'static str,
    pub done: &'static str,
    pub undo_until: fn(&str) -> String,
    pub undo_points: &'static [&'static str],
    pub undo: &'static str,
    pub number: &'static str,
    pub old_number: &'static str,
    pub other_account: &'static str,
    pub gets_it: &'static str,
    pub loses_it: &'static str,
    pub newcomer: &'static str,

    pub news_asked: &'static str,
    pub news_cancelled: &'static str,
    pub news_undone: &'static str,
    /// In the order of [`Refusal::ALL`].
    pub refusals: [&'static str; 14],

    pub prove_title: &'static str,
    pub prove_lead: &'static str,
    pub prove_new: &'static str,
    pub prove_old: &'static str,
    pub prove_old_hint: &'static str,
    pub prove_code: &'static str,
    pub news_moved: &'static str,
    pub nothing_waits: &'static str,
    pub stopped: &'static str,

    pub login_link: &'static str,
    pub account_waits: &'static str,
    pub account_waits_hint: &'static str,
    pub account_link: &'static str,
}

impl PhoneMoves {
    /// What a kind is called, as a heading.
    pub const fn head(&self, kind: MoveKind) -> &'static str {
        self.heads[place(kind)]
    }

    /// What happens.
    pub const fn points_of(&self, kind: MoveKind) -> &'static [&'static str] {
        self.points[place(kind)]
    }

    /// What the button says.
    pub const fn button(&self, kind: MoveKind) -> &'static str {
        self.buttons[place(kind)]
    }

    /// Why a number is not moved.
    pub fn refusal(&self, refusal: Refusal) -> &'static str {
        let place = Refusal::ALL.iter().position(|known| *known == refusal);
        place.map_or("", |place| self.refusals[place])
    }
}

const fn place(kind: MoveKind) -> usize {
    match kind {
        MoveKind::Change => 0,
        MoveKind::Merge => 1,
        MoveKind::Recycled => 2,
    }
}

pub const AR: PhoneMoves = PhoneMoves {
    title: "تغيير رقم الجوال",
    lead: "أنت تطلب، وصاحب الرقم هو من يؤكّده برمز يصل إليه. لا يستطيع الموظفون تأكيد رقم عن أحد.",
    current: "الرقم الحالي",
    new_number: "الرقم الجديد",
    new_number_hint: "بأي صيغة. لا نرسل شيئًا إلى هذا الرقم الآن.",
    go_on: "متابعة",
    free: "هذا الرقم لا يملكه أحد",
    taken: "هذا الرقم على حساب آخر",
    to: "الرقم",
    points: [
        &[
            "ينتظر الطلب 72 ساعة حتى يؤكّد صاحب الرقم الجديد رقمه.",
            "عندها ينتقل الحساب إلى الرقم، وتنتهي كل جلساته، ونُعلم الرقم القديم برسالة.",
            "يمكنك التراجع خلال 24 ساعة من الانتقال.",
        ],
        &[
            "يبقى هذا الحساب ويأخذ الرقم بعد أن يؤكّده صاحبه. الأسماء والأدوار لا تنتقل.",
            "الحساب الآخر يفقد رقمه فورًا، وتنتهي جلسات الحسابين.",
            "يمكنك التراجع خلال 24 ساعة. بعدها تُضم رسائل الحساب الآخر إلى هذا الحساب ويُحذف ما بقي منه.",
        ],
        &[
            "بعد أن يؤكّد صاحب الرقم رقمه يأخذه هذا الحساب.",
            "الحساب الآخر يفقد الرقم وتنتهي جلساته، ويبقى كما هو بلا رقم، ولا ينتقل منه شيء.",
            "يمكنك التراجع خلال 24 ساعة من الانتقال.",
        ],
    ],
    heads: ["نقل الحساب إلى رقم جديد", "الشخص نفسه: دمج الحسابين", "رقم معاد تخصيصه: كان لشخص آخر"],
    buttons: ["اطلب النقل", "اطلب الدمج", "اطلب نقل الرقم"],
    other_number: "رقم آخر",
    gives_up: "الرقم صار لشخص آخر",
    gives_up_points: &[
        "لمن اشترى هذا الرقم ووجد فيه حسابًا ليس له.",
        "بعد أن يؤكّد صاحب الرقم رقمه يفقده هذا الحساب ويبقى بلا رقم، ويبدأ القادم الجديد بحساب فارغ.",
    ],
    gives_up_button: "اطلب إخلاء الرقم",

    waiting: "بانتظار صاحب الرقم",
    waits_until: |until| format!("ينتهي الطلب {until}."),
    tell_them: &[
        "قل لصاحب الرقم: افتح صفحة الدخول، وفي أسفلها «أكّده هنا».",
        "يكتب الرقم الجديد ورقم حسابه الحالي، ثم الرمز الذي يصل إلى الرقم الجديد.",
        "ثم يسجّل الدخول بالرقم الجديد كالمعتاد.",
    ],
    cancel: "ألغِ الطلب",
    done: "انتقل الرقم",
    undo_until: |until| format!("يمكن التراجع حتى {until}."),
    undo_points: &[
        "يعود كل حساب إلى رقمه السابق، وتنتهي جلساته، ونُعلم الرقم الذي غادره برسالة.",
        "لا تراجع إن أكّد شخص آخر الرقم السابق في هذه الأثناء.",
    ],
    undo: "تراجع عن النقل",
    number: "الرقم",
    old_number: "الرقم السابق",
    other_account: "الحساب الآخر",
    gets_it: "يأخذ الرقم",
    loses_it: "يفقد الرقم",
    newcomer: "قادم جديد، بحساب فارغ",

    news_asked: "سُجّل الطلب. لن يتغير شيء قبل أن يؤكّد صاحب الرقم رقمه.",
    news_cancelled: "أُلغي الطلب.",
    news_undone: "عاد كل رقم إلى حسابه.",
    refusals: [
        "لا تنقل حسابك من هنا. غيّر رقمك من صفحة حسابك أو اطلب ذلك من مدير آخر.",
        "لم يؤكّد هذا الشخص رقمه قط. أضفه بالرقم الصحيح بدلًا من ذلك.",
        "أحد الحسابين محظور.",
        "هذا الحساب محذوف.",
        "هذا حساب اختبار.",
        "للحساب الذي سيفقد رقمه أدوار. اسحبها منه أولًا.",
        "هذا رقم الحساب أصلًا.",
        "الرقم على حساب آخر. حدّد إن كان للشخص نفسه أو لمن سبقه.",
        "لا أحد يملك هذا الرقم.",
        "يوجد طلب قائم لهذا الرقم أو لأحد الحسابين. ألغه أولًا.",
        "لم يعد هنا ما يُلغى أو يُتراجع عنه.",
        "انتهت المهلة.",
        "تغيّر أحد الحسابين منذ ذلك الحين.",
        "الرقم السابق أصبح لشخص آخر.",
    ],

    prove_title: "تأكيد رقمك الجديد",
    prove_lead: "لمن طلب من الصالون نقل حسابه إلى رقم جديد. سنرسل رمزًا إلى الرقم الجديد.",
    prove_new: "رقمك الجديد",
    prove_old: "رقم حسابك حتى الآن",
    prove_old_hint: "اتركه فارغًا إن لم يكن لك حساب من قبل.",
    prove_code: "أدخل الرمز لتأكيد رقمك",
    news_moved: "تم. سجّل الدخول الآن بهذا الرقم.",
    nothing_waits: "لا يوجد طلب لهذا الرقم، أو أن الرقم السابق غير صحيح. راجع الرقمين أو تواصل مع الصالون.",
    stopped: "تعذّر النقل لأن شيئًا تغيّر بعد الطلب. تواصل مع الصالون.",

    login_link: "طلبت من الصالون نقل حسابك إلى رقم جديد؟ أكّده هنا",
    account_waits: "طلب موظفو الصالون نقل حسابك إلى رقم آخر",
    account_waits_hint: "لن ينتقل شيء قبل تأكيد الرقم الجديد. لم تطلب ذلك؟ تواصل مع الصالون.",
    account_link: "أكّد الرقم الجديد",
};

pub const EN: PhoneMoves = PhoneMoves {
    title: "Change phone",
    lead: "You ask; the owner of the number proves it with a code that is texted to them. Staff can never prove a number for anybody.",
    current: "Number now",
    new_number: "New number",
    new_number_hint: "In any form. Nothing is sent to it now.",
    go_on: "Continue",
    free: "Nobody has this number",
    taken: "This number is on another account",
    to: "Number",
    points: [
        &[
            "It waits for 72 hours until the owner of the new number proves it.",
            "Then the account moves there, all its sessions end, and the old number is told by text.",
            "For 24 hours after that you can take it back.",
        ],
        &[
            "This account stays, and gets the number once its owner has proved it. Names and roles do not move.",
            "The other account loses its number at once, and the sessions of both end.",
            "For 24 hours you can take it back. After that the texts of the other account belong to this one, and the rest of it is erased.",
        ],
        &[
            "Once the owner of the number has proved it, this account gets it.",
            "The other account loses the number and its sessions end. It stays as it is, without a number; nothing of it moves.",
            "For 24 hours after that you can take it back.",
        ],
    ],
    heads: ["Move the account to a new number", "Same person: merge the two accounts", "Recycled number: it was somebody else's"],
    buttons: ["Ask for the move", "Ask for the merge", "Ask for the number"],
    other_number: "Another number",
    gives_up: "The number has a new owner",
    gives_up_points: &[
        "For somebody who bought this number and found an account on it that is not theirs.",
        "Once the owner of the number has proved it, this account loses it and stays without one; the newcomer starts empty.",
    ],
    gives_up_button: "Ask to free the number",

    waiting: "Waiting for the owner of the number",
    waits_until: |until| format!("It ends {until}."),
    tell_them: &[
        "Tell the owner of the number: open the sign-in page; at its bottom is “Confirm it here”.",
        "There they enter the new number and the one their account has now, then the code texted to the new one.",
        "After that they sign in with the new number as usual.",
    ],
    cancel: "Cancel the request",
    done: "The number has moved",
    undo_until: |until| format!("It can be taken back until {until}."),
    undo_points: &[
        "Each account gets the number it had before, its sessions end, and the number it leaves is told by text.",
        "Not if somebody else has proved the former number meanwhile.",
    ],
    undo: "Take it back",
    number: "Number",
    old_number: "Number before",
    other_account: "The other account",
    gets_it: "gets the number",
    loses_it: "loses the number",
    newcomer: "a newcomer, who starts empty",

    news_asked: "Asked for. Nothing changes before the owner of the number proves it.",
    news_cancelled: "Cancelled.",
    news_undone: "Each number is back where it was.",
    refusals: [
        "Your own account is not moved from here. Change your number on your account page, or ask another admin.",
        "This person has never proved a number. Add them with the right one instead.",
        "One of the two accounts is blocked.",
        "This account is erased.",
        "This is a test account.",
        "The account that would lose its number has roles. Take them away first.",
        "The account has this number already.",
        "The number is on another account. Say whether it is the same person or somebody who had it before.",
        "Nobody has this number.",
        "Something waits already for this number or for one of the two accounts. Cancel it first.",
        "There is nothing to cancel or to take back any more.",
        "Its time is over.",
        "One of the accounts has changed since.",
        "The number before is somebody else's by now.",
    ],

    prove_title: "Confirm your new number",
    prove_lead: "For those who asked the salon to move their account to a new number. We will text a code to the new one.",
    prove_new: "Your new number",
    prove_old: "The number of your account until now",
    prove_old_hint: "Leave it empty if you had no account before.",
    prove_code: "Enter the code to confirm your number",
    news_moved: "Done. Now sign in with this number.",
    nothing_waits: "Nothing waits for this number, or the one before is not right. Check both, or contact the salon.",
    stopped: "The number could not be moved: something has changed since it was asked for. Contact the salon.",

    login_link: "Did you ask the salon to move your account to a new number? Confirm it here",
    account_waits: "The salon was asked to move your account to another number",
    account_waits_hint: "Nothing moves before the new number is confirmed. Not you? Contact the salon.",
    account_link: "Confirm the new number",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words_of_its_own_in_both_languages() {
        for t in [&AR, &EN] {
            for (place, refusal) in Refusal::ALL.into_iter().enumerate() {
                let words = t.refusal(refusal);
                assert!(!words.is_empty() && !t.refusals[..place].contains(&words), "{refusal:?}");
            }
        }
    }
}
