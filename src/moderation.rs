//! The order of events at the desk: a submission is received, a decision is made, a reader changes
//! their mind. The only place where language meets the store.

mod bulk;
mod own;
mod screener;
mod signs;
mod staff;

use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};

use crate::domain::{
    Action, Choice, Comment, CommentId, Decision, DecisionRecord, Flag, Limits, Manner, Moderator,
    OriginTrace, Policy, Refused, Screening, Subject, Submission, conclude, likeness, outcome_of,
};
use crate::language::Language;
use crate::store::{Insertion, NewComment, Store, StoreError, TokenHash};

pub use bulk::{carry_out, take_over};
pub use own::{Again, Resubmitted, resubmit, withdraw};
pub use screener::Screener;
pub use signs::{PROOF_BITS, Proof};
pub use staff::{Answered, answer};

/// The key that receipt links are derived with; the installation's own.
#[derive(Clone)]
pub struct ReceiptKey([u8; 32]);

/// Bytes of a receipt link's token: 2¹⁶⁰ of them are not guessed.
const TOKEN_BYTES: usize = 20;

impl ReceiptKey {
    /// The key from the store's secret.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> ReceiptKey {
        ReceiptKey(secret)
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        // A key of any length is accepted: this cannot fail, and an empty key is never reached.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        mac.update(purpose.as_bytes());
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The token of the receipt of the submission with this key: the same each time, so that a
    /// form that is sent twice leads to one receipt, and is one comment.
    fn token(&self, submission_key: &str) -> Vec<u8> {
        self.mac("receipt", &[submission_key.as_bytes()])[..TOKEN_BYTES].to_vec()
    }

    /// The proof that a browser's own mark was given to it for a moderator of this name.
    #[must_use]
    pub fn device(&self, own: &str, name: &str) -> [u8; 32] {
        self.mac("device", &[own.as_bytes(), name.as_bytes()])
    }

    /// A key for a submission whose form has none: the same reader sending the same text to the
    /// same place again.
    fn key_of(&self, submission: &Submission, origin: &OriginTrace) -> String {
        let parent = submission.parent.map_or(0, |id| id.0).to_be_bytes();
        let mac = self.mac(
            "submission",
            &[
                submission.thread.site.as_bytes(),
                submission.thread.object.as_bytes(),
                &parent,
                submission.name.as_bytes(),
                submission.body.as_bytes(),
                origin.address.as_bytes(),
            ],
        );
        mac.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The hash under which a token is kept.
#[must_use]
pub fn token_hash(token: &[u8]) -> TokenHash {
    Sha256::digest(token).into()
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// Nothing yet: it lacks its marks, and the site wants its reader to hear of it first.
    Nudged,
    /// Nothing yet: it is suspected, and its sender's machine is asked to do some work for it.
    ProofWanted {
        /// What the work is about.
        challenge: String,
    },
    /// It waits in the queue, now or since it was sent the first time; its receipt has this token.
    Queued {
        /// The comment's number.
        comment: CommentId,
        /// The receipt link's token.
        receipt: Vec<u8>,
    },
    /// The form's key was used for another text.
    KeyReused,
    /// The thread takes no comments.
    ThreadClosed,
    /// What it replies to cannot be replied to.
    NoSuchParent,
}

/// A submission on its way in.
pub struct Incoming<'a> {
    /// What the reader sent.
    pub submission: Submission,
    /// What its site does about missing marks.
    pub policy: Policy,
    /// Whether the reader was nudged and wants it sent as it is.
    pub insisted: bool,
    /// Where it came from.
    pub origin: OriginTrace,
    /// How it was made.
    pub manner: Manner,
    /// What the sender's machine says of the work that is asked of suspects.
    pub proof: Proof<'a>,
}

/// Hours in which a text that was sent before is a repetition.
const ALIKE_HOURS: i64 = 24;

/// Takes a submission in: assessed, held against the rules, judged, kept.
///
/// # Errors
/// The store's, if it could not be kept.
pub async fn receive(
    store: &dyn Store,
    language: &Language,
    receipts: &ReceiptKey,
    rules: &Screening,
    incoming: Incoming<'_>,
    now: Timestamp,
) -> Result<Received, StoreError> {
    let Incoming { submission, policy, insisted, origin, manner, proof } = incoming;
    let assessment = language.assess(&submission.body);
    if !insisted && policy.nudges(&assessment) {
        return Ok(Received::Nudged);
    }
    let matches = rules.matches(&Subject {
        body: &submission.body,
        name: &submission.name,
        email: submission.email.as_deref().unwrap_or_default(),
        address: &origin.address,
    });
    let mut verdict = conclude(&submission, assessment, matches, manner);
    match proof {
        _ if !verdict.is_suspect() => {}
        Proof::Done { challenge, nonce } if receipts.proves(&submission, challenge, nonce, now) => {
            verdict = verdict.with(Flag::Proved);
        }
        // Asked for again if the text was changed since, or too much time has gone by.
        Proof::Able | Proof::Done { .. } => {
            return Ok(Received::ProofWanted { challenge: receipts.challenge(&submission, now) });
        }
        Proof::Unable => {}
    }
    let lane = policy.lane(verdict.class);
    // A form's own key counts for its thread alone. Neither part before it has line breaks, so
    // that no two threads' keys can meet.
    let key = match &submission.key {
        Some(key) => format!("{}\n{}\n{key}", submission.thread.site, submission.thread.object),
        None => receipts.key_of(&submission, &origin),
    };
    let receipt = receipts.token(&key);
    let new = NewComment {
        likeness: likeness(&submission.body),
        alike_since: now.checked_sub(ALIKE_HOURS.hours()).unwrap_or(Timestamp::MIN),
        submission,
        verdict,
        lane,
        receipt: token_hash(&receipt),
        origin,
        at: now,
    };
    Ok(match store.insert(new).await? {
        Insertion::Stored(comment) | Insertion::AlreadyStored(comment) => {
            Received::Queued { comment, receipt }
        }
        Insertion::KeyReused => Received::KeyReused,
        Insertion::ThreadClosed => Received::ThreadClosed,
        Insertion::NoSuchParent => Received::NoSuchParent,
    })
}

/// Why a decision was not carried out.
#[derive(Debug)]
pub enum DecideError {
    /// Somebody else decided since: the comment as it is now, and that decision.
    Conflict(Box<(Comment, Option<DecisionRecord>)>),
    /// It would change nothing, or a field is not acceptable.
    Refused(Box<Comment>, Refused),
    /// The store failed, or there is no such comment.
    Store(StoreError),
}

impl From<StoreError> for DecideError {
    fn from(error: StoreError) -> DecideError {
        DecideError::Store(error)
    }
}

/// Decides on a comment as `moderator` saw it at `version`.
///
/// # Errors
/// [`DecideError`]; in each case nothing was changed.
pub async fn decide(
    store: &dyn Store,
    moderator: &Moderator,
    id: CommentId,
    version: i64,
    choice: &Choice,
    limits: Limits,
    now: Timestamp,
) -> Result<(), DecideError> {
    let comment = store.comment(id).await?;
    if comment.version != version {
        return Err(conflict(store, comment).await);
    }
    // Only undoing asks what was decided before.
    let history = match choice.action {
        Action::Undo => store.history(id).await?,
        _ => Vec::new(),
    };
    // A reason that is not offered is none.
    let mut choice = choice.clone();
    if let Some(key) = choice.reason.take() {
        let offered = store.reasons().await?;
        let is_offered = offered.iter().any(|reason| reason.active && reason.key == key);
        choice.reason = Some(key).filter(|_| is_offered);
    }
    let outcome = match outcome_of(&comment, &history, &choice, limits) {
        Ok(outcome) => outcome,
        Err(refused) => return Err(DecideError::Refused(Box::new(comment), refused)),
    };
    let moderator = Some(moderator.id);
    match store.decide(Decision { comment: id, version, moderator, outcome, at: now }).await {
        Err(StoreError::Conflict) => Err(conflict(store, store.comment(id).await?).await),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(()),
    }
}

async fn conflict(store: &dyn Store, comment: Comment) -> DecideError {
    match store.history(comment.id).await {
        Ok(mut history) => DecideError::Conflict(Box::new((comment, history.pop()))),
        Err(error) => error.into(),
    }
}
