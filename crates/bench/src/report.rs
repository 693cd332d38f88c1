//! The table. Every figure is the median of the rounds; beside the rate stands its spread.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;

use crate::load::Measured;
use crate::scenario::Scenario;
use crate::target::Target;

/// All that was measured.
#[derive(Default)]
pub struct Report {
    lines: BTreeMap<(usize, String, usize), Vec<Measured>>,
    servers: Vec<Server>,
    limits: BTreeMap<usize, Vec<f64>>,
}

struct Server {
    name: &'static str,
    started_ms: u128,
    idle_kb: u64,
    loaded_kb: Option<u64>,
}

impl Report {
    /// What a server needs before any load.
    pub fn idle(&mut self, target: &Target) {
        let (started_ms, idle_kb) = (target.started_in.as_millis(), target.idle_kb);
        self.servers.push(Server { name: target.name, started_ms, idle_kb, loaded_kb: None });
    }

    /// And after all of it.
    pub fn loaded(&mut self, target: &Target) -> Result<()> {
        let loaded = target.rss_kb()?;
        for server in self.servers.iter_mut().filter(|server| server.name == target.name) {
            server.loaded_kb = Some(loaded);
        }
        Ok(())
    }

    /// One measurement.
    pub fn add(&mut self, target: &Target, scenario: &Scenario, connections: usize, measured: Measured) {
        let place = crate::scenario::ALL.iter().position(|one| one.name == scenario.name).unwrap_or_default();
        let name = format!("{} · {}", scenario.name, target.name);
        self.lines.entry((place, name, connections)).or_default().push(measured);
    }

    /// Sign-ins a second of the bare statements.
    pub fn add_limit(&mut self, clients: usize, rate: f64) {
        self.limits.entry(clients).or_default().push(rate);
    }
}

/// The middle one, the least, the greatest.
fn spread(mut numbers: Vec<f64>) -> (f64, f64, f64) {
    numbers.sort_by(f64::total_cmp);
    let at = |place: usize| numbers.get(place).copied().unwrap_or_default();
    (at(numbers.len() / 2), at(0), at(numbers.len().saturating_sub(1)))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| server | first answer after, ms | memory at rest, MB | after the load, MB |\n|---|---|---|---|")?;
        for server in &self.servers {
            let loaded = server.loaded_kb.map_or_else(|| "–".to_owned(), |kb| (kb / 1024).to_string());
            writeln!(f, "| {} | {} | {} | {loaded} |", server.name, server.started_ms, server.idle_kb / 1024)?;
        }
        writeln!(
            f,
            "\n| scenario | connections | a second (least–most) | CPU-s per 1,000: server | database | p50 ms | p99 ms | p99.9 ms | driver busy | failed |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|---|---|---|")?;
        for ((_, name, connections), rounds) in &self.lines {
            let of = |figure: fn(&Measured) -> f64| spread(rounds.iter().map(figure).collect());
            let (rate, least, most) = of(|one| one.per_second);
            let ms = |place: usize| {
                let mut all: Vec<u64> = rounds.iter().map(|one| one.latency_us[place]).collect();
                all.sort_unstable();
                let us = all.get(all.len() / 2).copied().unwrap_or_default();
                format!("{}.{:02}", us / 1000, us % 1000 / 10)
            };
            let failed: u64 = rounds.iter().map(|one| one.failed).sum();
            writeln!(
                f,
                "| {name} | {connections} | {rate:.0} ({least:.0}–{most:.0}) | {:.3} | {:.3} | {} | {} | {} | {:.0} % | {failed} |",
                of(|one| one.server_cpu).0,
                of(|one| one.database_cpu).0,
                ms(0),
                ms(1),
                ms(2),
                of(|one| one.driver_busy).0 * 100.0,
            )?;
        }
        writeln!(f, "\n| limit | clients | sign-ins a second (least–most) |\n|---|---|---|")?;
        for (clients, rates) in &self.limits {
            let (rate, least, most) = spread(rates.clone());
            writeln!(f, "| pgbench, the bare statements | {clients} | {rate:.0} ({least:.0}–{most:.0}) |")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_rounds_is_shown_with_the_ends() {
        assert_eq!(spread(vec![3.0, 1.0, 2.0]), (2.0, 1.0, 3.0));
        assert_eq!(spread(vec![5.0]), (5.0, 5.0, 5.0));
    }
}
