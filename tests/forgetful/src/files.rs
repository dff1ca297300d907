//! What the files may hold after the power failed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::Step;

/// What a disk does with what it was not told to sync.
pub trait Weather {
    /// A number below `below`.
    fn choose(&mut self, below: usize) -> usize;
}

/// Bytes that a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Files as they are on disk, and what was done to each since its last sync.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, File>);

#[derive(Debug, Clone, Default)]
struct File {
    synced: Option<Vec<u8>>,
    since: Vec<Step>,
}

impl Files {
    /// Takes one more step.
    pub fn take(&mut self, step: &Step) {
        let (Step::Write(path, ..) | Step::Resize(path, _) | Step::Sync(path) | Step::Remove(path, _)) =
            step;
        let file = self.0.entry(path.clone()).or_default();
        match step {
            Step::Sync(path) => {
                // With the first sync of a new log or journal SQLite syncs the folder too.
                let is_new = file.synced.is_none();
                let names_too = is_new && (path.ends_with("-wal") || path.ends_with("-journal"));
                let mut bytes = file.synced.take().unwrap_or_default();
                for step in file.since.drain(..) {
                    apply(&mut bytes, &step);
                }
                file.synced = Some(bytes);
                if names_too {
                    self.0.values_mut().for_each(File::sync_name);
                }
            }
            Step::Remove(_, true) => *file = File::default(),
            other => file.since.push(other.clone()),
        }
    }

    /// Writes into `folder` what may be found there after the power failed now.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn after_power_loss(&self, folder: &Path, weather: &mut dyn Weather) -> io::Result<()> {
        for (path, file) in &self.0 {
            let Some(bytes) = file.after_power_loss(weather) else {
                continue;
            };
            if let Some(name) = Path::new(path).file_name() {
                fs::write(folder.join(name), bytes)?;
            }
        }
        Ok(())
    }
}

impl File {
    /// The folder was synced: what was removed is gone for good.
    fn sync_name(&mut self) {
        let removed = self.since.iter().rposition(|step| matches!(step, Step::Remove(..)));
        if let Some(removed) = removed {
            self.since.drain(..=removed);
            self.synced = None;
        }
    }

    fn after_power_loss(&self, weather: &mut dyn Weather) -> Option<Vec<u8>> {
        let mut found = self.synced.clone();
        // How much is forgotten: all of it, some of it, or hardly any.
        let mood = weather.choose(4);
        for step in &self.since {
            let kept = match mood {
                0 => false,
                1 => weather.choose(2) == 0,
                2 => weather.choose(8) != 0,
                _ => true,
            };
            match step {
                Step::Remove(..) if kept => found = None,
                Step::Write(path, at, bytes) if kept && weather.choose(4) == 0 => {
                    tear(found.get_or_insert_default(), (path, *at, bytes), weather);
                }
                step if kept => apply(found.get_or_insert_default(), step),
                _ => {}
            }
        }
        found
    }
}

/// Writes some of the sectors of a write.
fn tear(file: &mut Vec<u8>, (path, at, bytes): (&String, u64, &[u8]), weather: &mut dyn Weather) {
    let mut at = at;
    let mut left = bytes;
    while !left.is_empty() {
        let to_boundary = SECTOR - (at as usize % SECTOR);
        let (sector, rest) = left.split_at(to_boundary.min(left.len()));
        if weather.choose(2) == 0 {
            apply(file, &Step::Write(path.clone(), at, sector.to_vec()));
        }
        at += sector.len() as u64;
        left = rest;
    }
}

fn apply(file: &mut Vec<u8>, step: &Step) {
    match step {
        Step::Write(_, at, bytes) => {
            let (from, to) = (*at as usize, *at as usize + bytes.len());
            if file.len() < to {
                file.resize(to, 0);
            }
            file[from..to].copy_from_slice(bytes);
        }
        Step::Resize(_, to) => file.resize(*to as usize, 0),
        Step::Remove(..) => file.clear(),
        Step::Sync(_) => {}
    }
}
