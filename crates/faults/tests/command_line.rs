//! The program itself. That it exists makes `cargo test` build the binary that `cargo xtask test` goes on to run.

use std::process::Command;

#[test]
fn every_fault_of_the_list_has_a_name() {
    let out = Command::new(env!("CARGO_BIN_EXE_faults")).arg("--list").output().unwrap();
    assert!(out.status.success());
    let names = String::from_utf8(out.stdout).unwrap();
    for fault in [
        "kill-9",
        "kill-between-send-and-mark",
        "postgres-fast-restart",
        "postgres-immediate-restart",
        "backends-killed",
        "pool-exhausted",
        "table-locked",
        "sqlite-disk-full",
        "sqlite-busy",
        "sqlite-read-only",
        "clocks-apart",
        "clock-steps",
        "slow-headers",
        "body-bombs",
        "sigterm",
        "rolling-restart",
        "provider-misbehaves",
    ] {
        assert!(names.split_whitespace().any(|name| name == fault), "{fault} is missing in {names}");
    }
}

#[test]
fn an_unknown_fault_is_refused_by_name() {
    let run = Command::new(env!("CARGO_BIN_EXE_faults"))
        .args(["--salon", "salon", "--postgres-bin", "bin", "--only", "no-such-fault"])
        .output()
        .unwrap();
    assert!(!run.status.success());
    assert!(String::from_utf8_lossy(&run.stderr).contains("no such fault"));
}
