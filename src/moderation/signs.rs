//! Signs of how a submission was made: when its form was, and the work that a suspect's machine
//! does. Both are sealed with the installation's key and kept nowhere.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::ReceiptKey;
use crate::domain::Submission;

/// Seconds that a form may lie open; an older stamp says nothing.
const STAMP_SECONDS: i64 = 24 * 60 * 60;
/// Seconds in which the work must be done.
const PROOF_SECONDS: i64 = 30 * 60;
/// Leading zero bits of the hash that is to be found: some 130,000 tries, a second or two on a
/// reader's telephone.
pub const PROOF_BITS: u32 = 17;
/// Bytes of a seal.
const SEAL: usize = 12;

/// What a sender's machine says of the work that is asked of suspects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof<'a> {
    /// It cannot do it: there is no script.
    Unable,
    /// It can, if it is asked.
    Able,
    /// It was asked this and found that.
    Done {
        /// The challenge as it was given.
        challenge: &'a str,
        /// What makes the hash begin with zeros.
        nonce: &'a str,
    },
}

impl<'a> Proof<'a> {
    /// Reads the form's field: nothing, `able`, or the challenge and what was found, with a colon
    /// between them.
    #[must_use]
    pub fn of(field: &'a str) -> Proof<'a> {
        match field.split_once(':') {
            Some((challenge, nonce)) => Proof::Done { challenge, nonce },
            None if field == "able" => Proof::Able,
            None => Proof::Unable,
        }
    }
}

impl ReceiptKey {
    fn seal(&self, purpose: &str, seconds: i64, parts: &[&[u8]]) -> String {
        let time = seconds.to_be_bytes();
        let mac = self.mac(purpose, &[&[time.as_slice()], parts].concat());
        let hex: String = mac.iter().take(SEAL).map(|byte| format!("{byte:02x}")).collect();
        format!("{seconds}.{hex}")
    }

    /// Seconds since a seal was made; nothing if we did not make it.
    fn age(&self, purpose: &str, seal: &str, parts: &[&[u8]], now: Timestamp) -> Option<i64> {
        let seconds: i64 = seal.split_once('.')?.0.parse().ok()?;
        // Hashes are compared, so that the time it takes says nothing.
        let same = Sha256::digest(self.seal(purpose, seconds, parts)) == Sha256::digest(seal);
        same.then(|| now.as_second().saturating_sub(seconds))
    }

    /// What a form carries that is made now.
    #[must_use]
    pub fn stamp(&self, now: Timestamp) -> String {
        self.seal("stamp", now.as_second(), &[])
    }

    /// Seconds since a form was made; nothing if its stamp is not ours, or too old to say
    /// anything.
    #[must_use]
    pub fn seconds_since(&self, stamp: &str, now: Timestamp) -> Option<i64> {
        self.age("stamp", stamp, &[], now).filter(|age| (0..=STAMP_SECONDS).contains(age))
    }

    /// The challenge to a suspect, good for this text alone.
    #[must_use]
    pub(super) fn challenge(&self, submission: &Submission, now: Timestamp) -> String {
        self.seal("proof", now.as_second(), &of_text(submission))
    }

    /// Whether a suspect's machine did the work for this text.
    pub(super) fn proves(
        &self,
        submission: &Submission,
        challenge: &str,
        nonce: &str,
        now: Timestamp,
    ) -> bool {
        let age = self.age("proof", challenge, &of_text(submission), now);
        age.is_some_and(|age| (0..=PROOF_SECONDS).contains(&age))
            && nonce.len() <= 20
            && zeros(&Sha256::digest(format!("{challenge}:{nonce}"))) >= PROOF_BITS
    }
}

fn of_text(submission: &Submission) -> [&[u8]; 3] {
    let thread = &submission.thread;
    [thread.site.as_bytes(), thread.object.as_bytes(), submission.body.as_bytes()]
}

/// Zero bits at the beginning of a hash.
fn zeros(hash: &[u8]) -> u32 {
    let whole = hash.iter().take_while(|byte| **byte == 0).count();
    let whole_bits = u32::try_from(whole * 8).unwrap_or(u32::MAX);
    whole_bits + hash.get(whole).map_or(0, |byte| byte.leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ThreadKey;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_stamp_tells_its_age_and_a_forged_or_old_one_nothing() {
        let key = ReceiptKey::new([7; 32]);
        let stamp = key.stamp(at(1_000));
        assert_eq!(key.seconds_since(&stamp, at(1_003)), Some(3));
        for (stamp, now) in [
            ("", 1_003),
            ("1000.", 1_003),
            (&stamp.replace("1000.", "900."), 1_003),
            (&ReceiptKey::new([8; 32]).stamp(at(1_000)), 1_003),
            (&stamp, 1_000_000),
            (&stamp, 900),
        ] {
            assert_eq!(key.seconds_since(stamp, at(now)), None, "{stamp}");
        }
    }

    #[test]
    fn work_counts_for_its_own_text_and_time() {
        let key = ReceiptKey::new([7; 32]);
        let text = |body: &str| Submission {
            thread: ThreadKey { site: "bao".into(), object: "1".into() },
            url: String::new(),
            title: String::new(),
            parent: None,
            name: "An".into(),
            email: None,
            body: body.into(),
            consent: false,
            key: None,
            trapped: false,
        };
        let challenge = key.challenge(&text("một"), at(0));
        let fits =
            |nonce: &u64| zeros(&Sha256::digest(format!("{challenge}:{nonce}"))) >= PROOF_BITS;
        let nonce = (0..u64::MAX).find(fits).unwrap().to_string();
        assert!(key.proves(&text("một"), &challenge, &nonce, at(9)));
        assert!(!key.proves(&text("hai"), &challenge, &nonce, at(9)));
        assert!(!key.proves(&text("một"), &challenge, &nonce, at(9_000)));
        assert!(!key.proves(&text("một"), &challenge, "", at(9)));
    }

    #[test]
    fn a_field_says_what_a_machine_can_and_did() {
        assert_eq!(Proof::of(""), Proof::Unable);
        assert_eq!(Proof::of("able"), Proof::Able);
        assert_eq!(Proof::of("1.a:2"), Proof::Done { challenge: "1.a", nonce: "2" });
    }
}
