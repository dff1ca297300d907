//! Makes the language model from a folder of text.

use clap::Parser;
use codau::language::{Language, Sizes, Trainer};
use ruzstd::decoding::StreamingDecoder;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Make the language model from a folder of text.
///
/// Reads every file of the folder (not of folders in it), in the order of their names:
///
///   *.txt, *.txt.zst      Vietnamese text, one sentence or paragraph a line
///   *.jsonl, *.jsonl.zst  comments, one a line: {"text": "…"}; with "lang" other than "vi",
///                         a text in another language, to learn what is not Vietnamese
///
/// Comments count most, since comments are what the model will read: a newspaper that adds its own published
/// ones gets a model of its own readers. The same files give the same bytes on every run.
///
/// Takes about four minutes and 5 GB of memory for 80 million words on one core.
#[derive(Parser)]
#[command(verbatim_doc_comment)]
struct Cli {
    /// The folder to read.
    folder: PathBuf,
    /// Where to write the model.
    #[arg(long, default_value = "src/language/model.bin")]
    out: PathBuf,
    /// Bytes of the n-gram table.
    #[arg(long, default_value_t = Sizes::default().ngrams)]
    ngrams: usize,
    /// Two to the power of this is how many log-linear weights there are.
    #[arg(long, default_value_t = Sizes::default().weight_bits)]
    weight_bits: u32,
}

fn main() -> io::Result<()> {
    let cli = Cli::parse();
    let started = Instant::now();
    let say = |what: &str| eprintln!("{:6.1} s  {what}", started.elapsed().as_secs_f32());
    let mut files: Vec<PathBuf> = std::fs::read_dir(&cli.folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<_>>()?;
    files.sort();
    let mut trainer = Trainer::new();
    for file in files.iter().filter(|f| f.is_file()) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let plain = name.strip_suffix(".zst").unwrap_or(&name);
        if plain.ends_with(".txt") {
            each_line(file, |_, line| {
                trainer.text(line);
                Ok(())
            })?;
        } else if plain.ends_with(".jsonl") {
            each_line(file, |number, line| comment(&mut trainer, file, number, line))?;
        } else {
            continue;
        }
        say(&format!("read {name}"));
    }
    let sizes = Sizes { ngrams: cli.ngrams, weight_bits: cli.weight_bits, ..Sizes::default() };
    let bytes = trainer.finish(sizes, say);
    let model = bytes.clone();
    Language::from_bytes(model).map_err(|e| Error::new(ErrorKind::InvalidData, e))?;
    std::fs::write(&cli.out, &bytes)?;
    say(&format!("wrote {} ({} bytes)", cli.out.display(), bytes.len()));
    Ok(())
}

fn comment(trainer: &mut Trainer, file: &Path, number: usize, line: &str) -> io::Result<()> {
    let wrong = |what: &str| {
        let place = format!("{}, line {number}: {what}", file.display());
        Error::new(ErrorKind::InvalidData, place)
    };
    let value: Value = serde_json::from_str(line)
        .map_err(|e| wrong(&format!("not JSON (column {})", e.column())))?;
    let text = value.get("text").and_then(Value::as_str).ok_or_else(|| wrong("no `text`"))?;
    match value.get("lang").and_then(Value::as_str) {
        None | Some("vi") => trainer.comment(text),
        Some(_) => trainer.foreign(text),
    }
    Ok(())
}

fn each_line(file: &Path, mut with: impl FnMut(usize, &str) -> io::Result<()>) -> io::Result<()> {
    let opened = BufReader::new(File::open(file)?);
    let mut reader: Box<dyn BufRead> = if file.extension().is_some_and(|e| e == "zst") {
        Box::new(BufReader::with_capacity(
            1 << 20,
            StreamingDecoder::new(opened).map_err(Error::other)?,
        ))
    } else {
        Box::new(opened)
    };
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        if !text.trim().is_empty() {
            with(number, text.trim_end())?;
        }
    }
    Ok(())
}
