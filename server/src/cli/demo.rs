//! `salon demo`: people in every state, made the way people are made: by asking for a code and entering it.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};

use anyhow::Context;
use domain::locale::Locale;
use domain::role::Role;
use domain::session::{Session, SessionKind};
use usecases::{Actor, Admin, Client, ClientAddress, Error, Proof, ProofRequired, RequestCode, UpdateMe, Usecases, VerifyCode};

use super::demo_salons::{self, SALONS};

enum State {
    /// Signed in once.
    Verified { given: Option<&'static str>, family: Option<&'static str>, locale: Locale, role: Option<Role> },
    /// Added by staff, never signed in.
    Pending,
    /// Signed in once, then shut out.
    Blocked,
}

const fn named(given: &'static str, family: &'static str, locale: Locale, role: Option<Role>) -> State {
    State::Verified { given: Some(given), family: Some(family), locale, role }
}

/// Numbers of a block where no real subscriber is likely; names as common as they come.
const PEOPLE: &[(&str, State)] = &[
    ("+966500000001", named("سارة", "العتيبي", Locale::Ar, None)),
    ("+966500000002", named("Layla", "Hassan", Locale::En, None)),
    ("+966500000003", State::Verified { given: Some("نورة"), family: None, locale: Locale::Ar, role: None }),
    ("+966500000004", State::Verified { given: None, family: None, locale: Locale::Ar, role: None }),
    ("+966500000005", State::Verified { given: None, family: None, locale: Locale::En, role: None }),
    ("+966500000006", State::Pending),
    ("+966500000007", State::Pending),
    ("+966500000008", State::Blocked),
    ("+966500000011", named("هند", "القحطاني", Locale::Ar, Some(Role::Owner))),
    ("+966500000012", named("Maha", "Salem", Locale::En, Some(Role::Manager))),
    ("+966500000013", named("ريم", "الحربي", Locale::Ar, Some(Role::Reception))),
    ("+966500000014", named("Dana", "Omar", Locale::En, Some(Role::Stylist))),
    ("+966500000019", named("Admin", "Salon", Locale::En, Some(Role::PlatformAdmin))),
];

/// Who sets salons up, and who owns those of the demonstration.
const ADMIN: &str = "+966500000019";
const OWNER: &str = "+966500000011";

pub async fn run(uc: &Usecases) -> anyhow::Result<()> {
    // Both are signed in still from when they were made: another code within the minute would be refused.
    let mut signed_in: HashMap<&str, Actor> = HashMap::new();
    for (index, (phone, state)) in PEOPLE.iter().enumerate() {
        let user = uc.add_user(phone).await.with_context(|| format!("demo person {index}"))?;
        let is_new = !user.is_phone_verified;
        match state {
            State::Pending => {}
            State::Blocked => {
                if is_new {
                    drop(sign_in(uc, phone, Locale::Ar, index).await?);
                    uc.block_user(phone, true).await?;
                }
            }
            State::Verified { given, family, locale, role } => {
                if is_new {
                    let actor = sign_in(uc, phone, *locale, index).await?;
                    let name = |text: Option<&str>| Some(text.map(str::to_owned));
                    let profile =
                        UpdateMe { given_name: name(*given), family_name: name(*family), email: None, locale: Some(*locale) };
                    uc.update_me(&actor, profile).await?;
                    if [ADMIN, OWNER].contains(phone) {
                        signed_in.insert(phone, actor);
                    } else {
                        uc.logout(&actor).await?;
                    }
                }
                if let Some(role) = role.filter(|role| !user.roles.contains(role)) {
                    uc.grant_role(phone, role).await?;
                }
            }
        }
    }
    open_salons(uc, &mut signed_in).await?;
    for actor in signed_in.values() {
        uc.logout(actor).await?;
    }
    println!("{} people are there. Sign in as any of them: the codes are at /dev/sms.", PEOPLE.len());
    Ok(())
}

/// Sets up the salons that are not there yet.
async fn open_salons(uc: &Usecases, signed_in: &mut HashMap<&'static str, Actor>) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for demo in SALONS {
        if matches!(uc.read_salon(demo.slug).await, Err(Error::NotFound)) {
            missing.push(demo);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    for (index, phone) in [ADMIN, OWNER].into_iter().enumerate() {
        if !signed_in.contains_key(phone) {
            signed_in.insert(phone, sign_in(uc, phone, Locale::Ar, 200 + index).await?);
        }
    }
    for demo in missing {
        let admin = let_in(uc, ADMIN, &signed_in[ADMIN]).await?;
        let owner = async || let_in(uc, OWNER, &signed_in[OWNER]).await;
        demo_salons::open(uc, demo, &admin, OWNER, owner).await?;
    }
    Ok(())
}

/// As if the second factor had been shown just now: nobody here has one.
async fn let_in(uc: &Usecases, phone: &str, actor: &Actor) -> anyhow::Result<Admin> {
    let user = uc.add_user(phone).await?;
    let session = Session { second_factor_at: Some(uc.clock().now()), ..actor.session.clone() };
    Ok(uc.admin_actor(Some(Actor { user, session }))?)
}

/// Signs in as the owner of the phone would, reading the code in the development sink.
async fn sign_in(uc: &Usecases, phone: &str, locale: Locale, index: usize) -> anyhow::Result<Actor> {
    // Addresses for documentation (RFC 5737), one each: the limit per address is not in the way.
    let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, u8::try_from(index).unwrap_or(0)));
    let client = Client { address: ClientAddress::from_ip(address), user_agent: Some("salon demo".to_owned()) };
    let request = RequestCode { phone: phone.to_owned(), locale: Some(locale), device_token: None, proof: None };
    let mut asked = uc.request_code(request.clone(), locale, &client).await;
    if let Err(Error::ProofRequired(ProofRequired { puzzle, bits, .. })) = asked {
        let solution = domain::proof::solve(&puzzle, bits).map(|number| number.to_string());
        asked = uc.request_code(RequestCode { proof: Some(Proof { puzzle, solution }), ..request }, locale, &client).await;
    }
    let sent = asked.map_err(|error| match error {
        Error::QuotaExceeded(quota) => anyhow::anyhow!("a code was asked for just now; try again in {} s", quota.retry_after_s()),
        other => other.into(),
    })?;
    while uc.deliver_outbox(100).await?.sent > 0 {}
    let messages = uc.dev_messages(Some(&sent.challenge.phone), 1).await?;
    let code = messages.into_iter().find_map(|message| message.code).context("the development sink has no code")?;
    let verify = VerifyCode {
        challenge_id: sent.challenge.id,
        code,
        phone: None,
        device_name: None,
        device_token: None,
        kind: SessionKind::Api,
    };
    let signed_in = uc.verify_code(verify, &client).await?;
    Ok(Actor { user: signed_in.user, session: signed_in.session })
}
