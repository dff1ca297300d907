//! Moderators' accounts: passwords hashed with argon2id, few at a time, so that a flood of logins
//! cannot take the machine from the readers.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::domain::{Invalid, Moderator, Role, Rule, check_new_moderator};
use crate::moderation::token_hash;
use crate::store::{Store, StoreError};

/// Memory (KiB), passes and lanes of a hash: OWASP's password storage cheat sheet, its first row.
const COST: (u32, u32, u32) = (47_104, 1, 1);
/// What an unknown name's password is compared with, so that it takes as long as a known one's: of
/// the same cost, and no password's. Written out, so that no start pays for a hash.
const DECOY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$bm9ib2R5J3Mgc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// Hashes computed at one time.
const AT_ONCE: usize = 2;
/// Hashes that wait for their turn; beyond it whoever comes is asked to come again.
const WAITING: usize = 32;

/// Checks and hashes passwords.
pub struct Passwords {
    permits: Semaphore,
    room: Semaphore,
    argon2: Argon2<'static>,
}

/// Why an account was not made or changed.
#[derive(Debug)]
pub enum AccountError {
    /// Fields that are not acceptable.
    Invalid(Vec<Invalid>),
    /// The store's: the name is unknown, or there is a moderator already.
    Store(StoreError),
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> AccountError {
        AccountError::Store(error)
    }
}

/// Makes a token by which a program acts for a moderator, and keeps its hash. Nobody can read it
/// again.
///
/// # Errors
/// The store's: the name is unknown, or has a token of that label.
pub async fn make_token(
    store: &dyn Store,
    name: &str,
    label: &str,
    now: Timestamp,
) -> Result<String, StoreError> {
    let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    // Tools that look for secrets in the wrong place know it by its beginning.
    let token = format!("codau_{secret}");
    let (moderator, _) = store.credentials(name).await?;
    store.add_token(moderator.id, label, &token_hash(token.as_bytes()), now).await?;
    Ok(token)
}

impl Passwords {
    /// Ready to hash.
    ///
    /// # Errors
    /// If hashing does not work at all.
    pub fn new() -> Result<Passwords, String> {
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, None).map_err(|error| error.to_string())?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Passwords {
            permits: Semaphore::new(AT_ONCE),
            room: Semaphore::new(AT_ONCE + WAITING),
            argon2,
        })
    }

    async fn hash(&self, password: &str) -> Result<String, StoreError> {
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        self.off_thread(move || hash_with(&argon2, &password)).await?.map_err(unavailable)
    }

    async fn verify(&self, password: &str, hash: &str) -> Result<bool, StoreError> {
        let (argon2, password, hash) = (self.argon2.clone(), password.to_owned(), hash.to_owned());
        self.off_thread(move || {
            PasswordHash::new(&hash)
                .is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let _place = self.room.try_acquire().map_err(unavailable)?;
        let _permit = self.permits.acquire().await.map_err(unavailable)?;
        tokio::task::spawn_blocking(work).await.map_err(unavailable)
    }

    /// The moderator whose name and password these are, if there is one who may log in.
    ///
    /// # Errors
    /// The store's.
    pub async fn log_in(
        &self,
        store: &dyn Store,
        name: &str,
        password: &str,
    ) -> Result<Option<Moderator>, StoreError> {
        let (moderator, hash) = match store.credentials(name.trim()).await {
            Ok((moderator, hash)) => (Some(moderator), hash),
            Err(StoreError::NotFound) => (None, DECOY.to_owned()),
            Err(error) => return Err(error),
        };
        let right = self.verify(password, &hash).await?;
        Ok(moderator.filter(|moderator| right && moderator.enabled))
    }

    /// Makes an account.
    ///
    /// # Errors
    /// Fields that are not acceptable, among them a name that is taken, or the store's.
    pub async fn add(
        &self,
        store: &dyn Store,
        name: &str,
        role: Role,
        password: &str,
        now: Timestamp,
    ) -> Result<Moderator, AccountError> {
        check_new_moderator(name, password).map_err(AccountError::Invalid)?;
        let hash = self.hash(password).await?;
        match store.add_moderator(name.trim(), role, &hash, now).await {
            Err(StoreError::Conflict) => {
                Err(AccountError::Invalid(vec![Invalid { field: "name", rule: Rule::Taken }]))
            }
            added => Ok(added?),
        }
    }

    /// Makes the first account, an admin's.
    ///
    /// # Errors
    /// Fields that are not acceptable, or the store's; a conflict if there is an account already.
    pub async fn add_first_admin(
        &self,
        store: &dyn Store,
        name: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<Moderator, AccountError> {
        check_new_moderator(name, password).map_err(AccountError::Invalid)?;
        let hash = self.hash(password).await?;
        Ok(store.add_first_admin(name.trim(), &hash, now).await?)
    }

    /// Gives an account a new password and ends its sessions.
    ///
    /// # Errors
    /// A password that is not acceptable, or the store's.
    pub async fn change(
        &self,
        store: &dyn Store,
        name: &str,
        password: &str,
    ) -> Result<(), AccountError> {
        check_new_moderator(name, password).map_err(AccountError::Invalid)?;
        let hash = self.hash(password).await?;
        Ok(store.set_password(name.trim(), &hash).await?)
    }
}

fn hash_with(argon2: &Argon2<'_>, password: &str) -> Result<String, String> {
    let hash = argon2.hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where a function of an error is asked for"
)]
fn unavailable(cause: impl ToString) -> StoreError {
    StoreError::Unavailable(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_costs_what_a_known_one_does() {
        let decoy = PasswordHash::new(DECOY).unwrap();
        let argon2 = Passwords::new().unwrap().argon2;
        let real = hash_with(&argon2, "một mật khẩu").unwrap();
        let real = PasswordHash::new(&real).unwrap();
        assert_eq!(decoy.params.as_str(), real.params.as_str());
        let length = |hash: &PasswordHash| hash.hash.map(|hash| hash.as_bytes().len());
        assert_eq!(length(&decoy), length(&real));
        assert!(argon2.verify_password(b"", &decoy).is_err());
    }
}
