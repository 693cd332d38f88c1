//! Those who run the platform.

use domain::role::Role;
use domain::session::Session;
use store::sessions;
use usecases::{Actor, Admin, SignedIn, Usecases};

use super::sign_in;

/// Somebody with a role who has just shown a second factor.
pub async fn with_role(uc: &Usecases, phone: &str, role: Role) -> Actor {
    let SignedIn { session, .. } = sign_in(uc, phone).await;
    let user = uc.grant_role(phone, role).await.expect("granted");
    let now = uc.clock().now();
    uc.store().apply_one(sessions::update_second_factor(session.id, now)).await.expect("shown");
    Actor { user, session: Session { second_factor_at: Some(now), ..session } }
}

/// Somebody who runs the platform, let in.
pub async fn platform_admin(uc: &Usecases, phone: &str) -> Admin {
    uc.admin_actor(Some(with_role(uc, phone, Role::PlatformAdmin).await)).expect("let in")
}
