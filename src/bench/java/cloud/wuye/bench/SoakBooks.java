package cloud.wuye.bench;

import cloud.wuye.testing.PaidMoney;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has to be true of everybody's readings and money when all is done: each finding is a sentence. */
final class SoakBooks {
    private static final String UNBALANCED =
            """
            SELECT tenant_id || ' ' || entry_id FROM journal_line WHERE account NOT IN ('ENERGY_CREDIT', 'WATER_CREDIT')
            GROUP BY tenant_id, entry_id HAVING sum(amount) <> 0""";
    /** A balance is what the journal owes less what it has not been told yet. */
    private static final String BALANCE_AGAINST_JOURNAL =
            """
            SELECT b.point_id || ' ' || b.credit FROM meter_balance b
            WHERE b.credit + b.unposted_energy + b.unposted_service <> -(SELECT coalesce(sum(l.amount), 0) FROM journal_line l
              WHERE l.tenant_id = b.tenant_id AND l.subject = b.point_id AND l.account = 'CUSTOMER_CREDIT')""";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final BenchPlant plant;
    private final List<String> findings = new ArrayList<>();

    SoakBooks(BenchPlant plant) {
        this.plant = plant;
    }

    /** All findings; waits for what is under way. */
    List<String> check(long sent, String stored, Map<String, Long> atTheChannel) throws Exception {
        equal("readings sent are stored, each once", sent, stored);
        equal(
                "payments at the channel are credited",
                atTheChannel.size(),
                "SELECT count(*) FROM payment_order WHERE state = 'CREDITED'");
        Map<String, Long> ours = new TreeMap<>();
        for (String row :
                plant.column("SELECT number || ' ' || paid_fen FROM payment_attempt WHERE state = 'SUCCEEDED'")) {
            ours.put(row.split(" ")[0], Long.valueOf(row.split(" ")[1]));
        }
        if (!ours.equals(atTheChannel)) {
            findings.add("the channel was paid " + atTheChannel.size() + " times, and we know of " + ours.size());
        }
        none("payments in another number of places than one", PaidMoney.NOT_IN_ONE_PLACE);
        none("journal entries that do not add up to nothing", UNBALANCED);
        none("balances that are not what the journal says", BALANCE_AGAINST_JOURNAL);
        none("rejected messages", "SELECT reason || ' ' || times FROM rejected_message");
        none("runs of jobs that failed", "SELECT job || ' ' || failures FROM job_run WHERE failures > 0");
        none("outgoing messages given up", "SELECT kind || ' ' || last_error FROM outbox_message WHERE state = 'DEAD'");
        none(
                "commands that came to a bad end",
                "SELECT op || ' ' || state || ' ' || coalesce(code, '') FROM device_command WHERE state NOT IN ('SUCCEEDED', 'SUPERSEDED')");
        prove();
        none("what the proofs found", "SELECT cache || ' ' || account FROM ledger_difference WHERE gone_at IS NULL");
        return findings;
    }

    /** Has every balance proven once more. */
    private void prove() throws Exception {
        String now = plant.one("SELECT now()");
        plant.cross("UPDATE credit_proof SET proven_at = now() - interval '2 days'");
        equal("balances are all proven anew", 0, "SELECT count(*) FROM credit_proof WHERE proven_at < '" + now + "'");
    }

    private void equal(String what, long wanted, String count) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        long found = Long.parseLong(plant.one(count));
        while (found != wanted && System.nanoTime() < giveUp) {
            Thread.sleep(1000);
            found = Long.parseLong(plant.one(count));
        }
        if (found != wanted) {
            findings.add(what + ": " + wanted + " wanted, " + found + " found");
        }
    }

    private void none(String what, String sql) throws SQLException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        List<String> rows = plant.column(sql);
        while (!rows.isEmpty() && System.nanoTime() < giveUp) {
            Thread.sleep(1000);
            rows = plant.column(sql);
        }
        if (!rows.isEmpty()) {
            findings.add(what + ": " + rows.size() + ", such as " + rows.subList(0, Math.min(3, rows.size())));
        }
    }
}
