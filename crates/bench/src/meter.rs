//! Processor time and memory, as the kernel counts them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context, Result};

/// A tick of `/proc/<pid>/stat`: a hundredth of a second on every Linux there is.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of one process.
pub fn cpu(pid: u32) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).with_context(|| format!("process {pid} is gone"))?;
    let (_, fields) = stat.rsplit_once(')').context("no name")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    // Of the man page's fields the 14th and 15th; the first two are before the bracket.
    let ticks = |place: usize| fields.get(place).and_then(|text| text.parse::<u32>().ok()).context("no ticks");
    Ok(TICK * (ticks(11)? + ticks(12)?))
}

/// Processor time of a process, its children and theirs: those that have ended meanwhile are in their parent's count.
pub fn cpu_of_tree(root: u32) -> Result<Duration> {
    let mut parents = BTreeMap::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        let Some((_, fields)) = stat.rsplit_once(')') else { continue };
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let Some(parent) = fields.get(1).and_then(|text| text.parse::<u32>().ok()) else { continue };
        // User, system, and the same of children that were waited for.
        let ticks: u32 = fields.iter().skip(11).take(4).filter_map(|text| text.parse::<u32>().ok()).sum();
        parents.insert(pid, (parent, ticks));
    }
    let mut tree = BTreeSet::from([root]);
    loop {
        let more: Vec<u32> = parents
            .iter()
            .filter(|(pid, (parent, _))| tree.contains(parent) && !tree.contains(pid))
            .map(|(pid, _)| *pid)
            .collect();
        if more.is_empty() {
            break;
        }
        tree.extend(more);
    }
    Ok(TICK * tree.iter().filter_map(|pid| parents.get(pid)).map(|(_, ticks)| ticks).sum())
}

/// Memory a process holds, in kB.
pub fn rss_kb(pid: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_tree_is_that_of_its_root_and_more() {
        let own = cpu(std::process::id()).expect("we run");
        assert!(cpu_of_tree(std::process::id()).expect("we run") >= own);
        assert!(rss_kb(std::process::id()).expect("we run") > 1000);
    }
}
