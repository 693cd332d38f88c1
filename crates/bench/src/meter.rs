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

/// One process as the kernel lists it.
struct Listed {
    parent: u32,
    /// Ticks of its own, and of children that were waited for.
    ticks: u32,
}

/// A process, its children and theirs.
fn tree(root: u32) -> Result<BTreeMap<u32, Listed>> {
    let mut listed = BTreeMap::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // It may have ended since.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        let Some((_, fields)) = stat.rsplit_once(')') else { continue };
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let Some(parent) = fields.get(1).and_then(|text| text.parse::<u32>().ok()) else { continue };
        let ticks = fields.iter().skip(11).take(4).filter_map(|text| text.parse::<u32>().ok()).sum();
        listed.insert(pid, Listed { parent, ticks });
    }
    let mut inside = BTreeSet::from([root]);
    loop {
        let is_new = |(pid, one): &(&u32, &Listed)| inside.contains(&one.parent) && !inside.contains(*pid);
        let more: Vec<u32> = listed.iter().filter(is_new).map(|(pid, _)| *pid).collect();
        if more.is_empty() {
            break;
        }
        inside.extend(more);
    }
    listed.retain(|pid, _| inside.contains(pid));
    Ok(listed)
}

/// Processor time of a process, its children and theirs.
pub fn cpu_of_tree(root: u32) -> Result<Duration> {
    Ok(TICK * tree(root)?.values().map(|one| one.ticks).sum())
}

/// Memory they hold, in kB. What several share is counted for each.
pub fn rss_kb_of_tree(root: u32) -> Result<u64> {
    Ok(tree(root)?.keys().filter_map(|pid| rss_kb(*pid).ok()).sum())
}

/// Memory a process holds, in kB.
fn rss_kb(pid: u32) -> Result<u64> {
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
        assert!(rss_kb_of_tree(std::process::id()).expect("we run") > 1000);
    }
}
