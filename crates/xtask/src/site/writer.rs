//! Writes files into the site directory and removes what an earlier build left.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::compress;
use crate::walk;

pub struct Writer {
    dir: PathBuf,
    release: bool,
    written: BTreeSet<PathBuf>,
}

impl Writer {
    pub fn new(dir: PathBuf, release: bool) -> Self {
        Self { dir, release, written: BTreeSet::new() }
    }

    /// Writes `<stem>.<hash>.<extension>` and hands back its address on the server.
    pub fn hashed(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{stem}.{}.{extension}", content_hash(bytes));
        self.asset(&name, bytes)?;
        Ok(format!("/{name}"))
    }

    /// Writes a file and its compressed forms.
    pub fn asset(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        // A development build compresses a file once: its content is what the modification is judged by.
        let unchanged = fs::read(self.dir.join(name)).is_ok_and(|old| old == bytes);
        self.plain(name, bytes)?;
        if !compress::is_worth_it(name) {
            return Ok(());
        }
        for (suffix, pack) in compress::FORMS {
            let packed = format!("{name}.{suffix}");
            if unchanged && !self.release && self.dir.join(&packed).is_file() {
                self.written.insert(self.dir.join(&packed));
                continue;
            }
            let smaller = pack(bytes, self.release)?;
            // A tiny file grows: the server then sends it as it is.
            if smaller.len() < bytes.len() {
                self.plain(&packed, &smaller)?;
            }
        }
        Ok(())
    }

    /// Writes a file as it is. The server may be reading: it sees the old content or the new, never half of it.
    pub fn plain(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let file = self.dir.join(name);
        write_whole(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
        self.written.insert(file);
        Ok(())
    }

    /// Removes files that this build did not write.
    pub fn drop_stale(self) -> Result<()> {
        for file in walk::files(&self.dir)? {
            if !self.written.contains(&file) {
                fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
                // A directory goes with its last file; `remove_dir` refuses any other.
                let _ = file.parent().map(fs::remove_dir);
            }
        }
        Ok(())
    }
}

fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(dir) = file.parent() {
        fs::create_dir_all(dir)?;
    }
    let mut temporary = file.as_os_str().to_owned();
    temporary.push(".tmp");
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, file)
}

/// The first 16 hex digits of SHA-256: enough that two versions of a file never share a name.
fn content_hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(16);
    for byte in Sha256::digest(bytes).iter().take(8) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("salon-writer-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        dir
    }

    #[test]
    fn a_hashed_name_follows_the_content() {
        assert_eq!(content_hash(b"abc"), "ba7816bf8f01cfea");
        assert_ne!(content_hash(b"abc"), content_hash(b"abd"));
    }

    #[test]
    fn a_later_build_drops_the_files_of_an_earlier_one() {
        let dir = scratch("stale");
        let mut first = Writer::new(dir.clone(), false);
        let old = first.hashed("pkg/salon", "css", &b"a{color:red}".repeat(9)).unwrap();
        first.drop_stale().unwrap();

        let mut second = Writer::new(dir.clone(), false);
        let new = second.hashed("pkg/salon", "css", &b"a{color:blue}".repeat(9)).unwrap();
        second.drop_stale().unwrap();

        let left: Vec<_> = walk::files(&dir).unwrap();
        assert!(left.iter().all(|file| !file.to_str().unwrap().contains(&old[1..])));
        assert!(left.contains(&dir.join(&new[1..])));
        assert!(left.contains(&dir.join(format!("{}.br", &new[1..]))));
        assert!(left.contains(&dir.join(format!("{}.gz", &new[1..]))));
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_changed_public_file_gets_new_compressed_forms() {
        let dir = scratch("changed");
        let mut first = Writer::new(dir.clone(), false);
        first.asset("robots.txt", &b"a".repeat(4_000)).unwrap();
        let before = fs::read(dir.join("robots.txt.br")).unwrap();

        let mut second = Writer::new(dir.clone(), false);
        second.asset("robots.txt", &b"b".repeat(4_000)).unwrap();
        assert_ne!(fs::read(dir.join("robots.txt.br")).unwrap(), before);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_file_too_small_to_shrink_is_left_alone() {
        let dir = scratch("tiny");
        Writer::new(dir.clone(), true).asset("robots.txt", b"a").unwrap();
        assert_eq!(walk::files(&dir).unwrap(), vec![dir.join("robots.txt")]);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_picture_that_is_already_compressed_is_left_alone() {
        let dir = scratch("picture");
        Writer::new(dir.clone(), false).asset("photo.webp", b"RIFF").unwrap();
        assert_eq!(walk::files(&dir).unwrap(), vec![dir.join("photo.webp")]);
        fs::remove_dir_all(dir).unwrap();
    }
}
