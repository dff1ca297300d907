//! `codau assess` and `codau restore`: the language library on files and pipes.

use crate::language::{Assessment, Class, Language, Restoration, foreign_language};
use clap::Args;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{
    self, BufRead, BufReader, BufWriter, ErrorKind, IsTerminal, Write, stderr, stdin, stdout,
};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Say which texts lack their marks.
///
/// Reads one text a line and writes one line of JSON for each: `id` (the number of the line, or the `id` given),
/// `class`, `language` (the code of a foreign one, where it can be named), `missing_share`, `confidence`,
/// `spans`, and `restored`, the text with its marks put back. A span has `start` and `end` in characters,
/// `start_byte` and `end_byte` in bytes, the `text` there, a `suggestion` and its `confidence`.
#[derive(Args, Debug)]
pub struct AssessArgs {
    #[command(flatten)]
    input: Input,
}

/// Put the marks of texts back.
///
/// Reads one text a line and writes it with its marks; with `--jsonl`, one line of JSON with `id` and `restored`.
#[derive(Args, Debug)]
pub struct RestoreArgs {
    #[command(flatten)]
    input: Input,
}

#[derive(Args, Debug)]
struct Input {
    /// Files to read, one after another; standard input if there are none, or for `-`.
    files: Vec<PathBuf>,
    /// Each line is JSON with an `id` and a `text`.
    #[arg(long)]
    jsonl: bool,
}

/// Texts shorter than this (in bytes of all files together) are done before a bar could be read.
const BAR_FROM_BYTES: u64 = 1 << 20;

/// Runs `codau assess`.
///
/// # Errors
/// If a file cannot be read, a line is not what `--jsonl` asks for, or the output cannot be written.
pub fn assess(args: &AssessArgs) -> io::Result<()> {
    let language = Language::embedded();
    run(&args.input, "assessed", |id, text, out| {
        let assessment = language.assess(text);
        let restored = if assessment.class.lacks_marks() {
            language.restore(text).text
        } else {
            text.to_owned()
        };
        writeln!(out, "{}", line_of(id, text, &assessment, &restored))
    })
}

/// Runs `codau restore`.
///
/// # Errors
/// As [`assess`].
pub fn restore(args: &RestoreArgs) -> io::Result<()> {
    let language = Language::embedded();
    run(&args.input, "restored", |id, text, out| {
        let Restoration { text, .. } = language.restore(text);
        if args.input.jsonl {
            writeln!(out, "{}", json!({ "id": id, "restored": text }))
        } else {
            writeln!(out, "{text}")
        }
    })
}

fn line_of(id: &Value, text: &str, assessment: &Assessment, restored: &str) -> Value {
    let spans: Vec<Value> = assessment
        .spans
        .iter()
        .map(|span| {
            json!({
                "start": span.chars.start,
                "end": span.chars.end,
                "start_byte": span.bytes.start,
                "end_byte": span.bytes.end,
                "text": text.get(span.bytes.clone()),
                "suggestion": span.suggestion,
                "confidence": rounded(span.confidence),
            })
        })
        .collect();
    // Naming takes longer than judging: only where there is a name to say.
    let language = if assessment.class == Class::Foreign { foreign_language(text) } else { None };
    json!({
        "id": id,
        "class": assessment.class.as_str(),
        "language": language,
        "missing_share": rounded(assessment.missing_share),
        "confidence": rounded(assessment.confidence),
        "spans": spans,
        "restored": restored,
    })
}

/// Three decimals are all that a probability is good for.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

/// Hands each text to `with`, and says at the end how many there were and how fast it went.
fn run(
    input: &Input,
    done: &str,
    mut with: impl FnMut(&Value, &str, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let bar = bar(&input.files);
    let mut out = BufWriter::new(stdout().lock());
    let started = Instant::now();
    let result = each_text(input, &bar, |id, text| with(id, text, &mut out));
    let result = result.and_then(|counts| out.flush().map(|()| counts));
    bar.finish_and_clear();
    match result {
        Ok((texts, bytes)) => {
            let seconds = started.elapsed().as_secs_f64().max(1e-6);
            let mut err = stderr().lock();
            // Nobody may be reading standard error; the work is done all the same.
            let _ = writeln!(
                err,
                "{done} {} texts in {seconds:.1} s ({} texts/s, {:.1} MB/s)",
                HumanCount(texts),
                HumanCount((texts as f64 / seconds) as u64),
                bytes as f64 / seconds / 1e6
            );
            Ok(())
        }
        // The reader of our output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(error),
    }
}

/// A bar over the bytes of the files, where somebody can see it and it is worth showing.
fn bar(files: &[PathBuf]) -> ProgressBar {
    let bytes: Option<u64> = files.iter().map(|f| std::fs::metadata(f).ok().map(|m| m.len())).sum();
    let style = match bytes {
        Some(bytes) if bytes > 0 && bytes < BAR_FROM_BYTES => return ProgressBar::hidden(),
        Some(bytes) if bytes > 0 => {
            (Some(bytes), "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        }
        _ => (None, "{spinner} {bytes} {bytes_per_sec}"),
    };
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = style.0.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    match ProgressStyle::with_template(style.1) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Reads every text of every file. Gives the number of texts and bytes.
fn each_text(
    input: &Input,
    bar: &ProgressBar,
    mut with: impl FnMut(&Value, &str) -> io::Result<()>,
) -> io::Result<(u64, u64)> {
    let (mut texts, mut bytes) = (0, 0);
    let standard = [PathBuf::from("-")];
    let files = if input.files.is_empty() { &standard } else { input.files.as_slice() };
    for file in files {
        let mut reader = open(file)?;
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let read = reader.read_until(b'\n', &mut line).map_err(|e| about(file, &e))?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            bar.inc(read as u64);
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\n', '\r']);
            if input.jsonl {
                if text.trim().is_empty() {
                    continue;
                }
                let (id, text) = parse(text, number).map_err(|what| {
                    let place = format!("{}, line {number}: {what}", file.display());
                    io::Error::new(ErrorKind::InvalidData, place)
                })?;
                with(&id, &text)?;
            } else {
                with(&Value::from(number), text)?;
            }
            texts += 1;
        }
    }
    Ok((texts, bytes))
}

/// The `id` (the line's number if there is none) and `text` of a line. What is wrong is said without repeating
/// the line, which may be private.
fn parse(line: &str, number: u64) -> Result<(Value, String), String> {
    let mut value: Value =
        serde_json::from_str(line).map_err(|e| format!("not JSON (column {})", e.column()))?;
    let text = match value.get_mut("text").map(Value::take) {
        Some(Value::String(text)) => text,
        Some(_) => return Err("`text` is not a string".to_owned()),
        None => return Err("no `text`".to_owned()),
    };
    Ok((value.get_mut("id").map_or(Value::from(number), Value::take), text))
}

fn open(file: &Path) -> io::Result<Box<dyn BufRead>> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(stdin())));
    }
    let opened = File::open(file).map_err(|e| about(file, &e))?;
    Ok(Box::new(BufReader::new(opened)))
}

fn about(file: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", file.display()))
}
