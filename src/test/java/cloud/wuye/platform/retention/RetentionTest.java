package cloud.wuye.platform.retention;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is old enough goes, in small batches; what is owed stays, however old. */
@QuarkusTest
@TestProfile(RetentionTest.Short.class)
class RetentionTest {
    /** Batches of two, and readings that do go. */
    public static class Short implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "wuye.retention.batch-size", "2",
                    "wuye.retention.keep.meter-readings", "800d",
                    "wuye.retention.keep.consumption-hours", "800d");
        }
    }

    @Inject
    ForgetOldRows old;

    @Inject
    Clock clock;

    @Inject
    TestDevices database;

    private UUID tenant;
    private UUID device;

    @BeforeEach
    void aMeter() {
        clock.reset();
        tenant = TestTenants.fresh().id();
        device = database.device(tenant, "emeter", "em-" + Ids.next(), null);
    }

    @AfterEach
    void clockRuns() {
        clock.reset();
    }

    @Test
    void parkedMessagesGoWhenNobodyWillMendTheirCause() throws Throwable {
        for (int days : new int[] {1, 29, 31, 100, 179, 181, 200, 300}) {
            parked(days, null);
        }
        parked(40, 31);
        parked(40, 29);
        run();
        assertEquals("6", count("rejected_message"));
        later(Duration.ofDays(120));
        run();
        assertEquals("3", count("rejected_message"));
    }

    @Test
    void theAuditLogOutlivesNearlyAllAndCannotBeCutShort() throws Throwable {
        for (int days : new int[] {1, 170, 500, 1099, 1101, 2000, 3000}) {
            database.run(
                    "INSERT INTO audit_entry (id, tenant_id, at, actor, actor_name, act, subject_type, subject_id)"
                            + " VALUES (?, ?, ?, 'a', 'a', 'test', 'T', '1')",
                    Ids.next(),
                    tenant,
                    ago(days));
        }
        run();
        assertEquals("4", count("audit_entry"));
        later(Duration.ofDays(601));
        run();
        assertEquals("2", count("audit_entry"));
        // Whatever is asked for, nothing younger than half a year goes.
        database.run("SELECT forget_audit_entries(now(), 1000)");
        assertEquals("2", count("audit_entry"));
        assertThrows(
                IllegalStateException.class, () -> database.run("DELETE FROM audit_entry WHERE tenant_id = ?", tenant));
    }

    @Test
    void whatPaymentChannelsToldGoesAndNoticesCannotBeCutShort() throws Throwable {
        for (int days : new int[] {1, 170, 1099, 1101, 1102, 1103}) {
            database.run(
                    "INSERT INTO payment_notice (id, tenant_id, channel, kind, reference, state, merchant_id, out_trade_no,"
                            + " transaction_id, amount_fen, payer_amount_fen, digest, received_at)"
                            + " VALUES (?, ?, 'WECHAT_PAY', 'PAYMENT', ?, 'PAID', 'm', 'o', 't', 1, 1, 'd', ?)",
                    Ids.next(),
                    tenant,
                    "T" + days,
                    ago(days));
            for (String bill : new String[] {
                "bill_trade (tenant_id, channel, day, no, at, transaction_id, number, state, currency, fen, refund_fen, fee, fee_rate)"
                        + " VALUES (?, 'WECHAT_PAY', ?::date, 1, now(), 't', 'o', 'SUCCESS', 'CNY', 1, 0, 0, '')",
                "bill_flow (tenant_id, channel, day, no, at, kind, business_no, flow_no, business, type, fen, balance_fen, remark)"
                        + " VALUES (?, 'WECHAT_PAY', ?::date, 1, now(), 'OTHER', 'b', 'f', '', '', 1, 1, '')"
            }) {
                database.run("INSERT INTO " + bill, tenant, ago(days));
            }
        }
        run();
        assertEquals("3", count("payment_notice"));
        assertEquals("3", count("bill_trade"));
        assertEquals("3", count("bill_flow"));
        database.run("SELECT forget_payment_notices(now(), 1000)");
        assertEquals("2", count("payment_notice"));
        assertThrows(
                IllegalStateException.class,
                () -> database.run("DELETE FROM payment_notice WHERE tenant_id = ?", tenant));
    }

    /** Read or not; to a resident or to staff. */
    @Test
    void whatPeopleWereToldGoesAfterAYearAndAMonth() throws Throwable {
        for (int days : new int[] {1, 35, 399, 401, 402, 403, 900}) {
            database.run(
                    "INSERT INTO message (id, tenant_id, staff, code, params, title_zh, title_en, body_zh, body_en, dedupe_key,"
                            + " created_at, read_at) VALUES (?, ?, 'lin', 'MOVED_IN', '{}', '', '', '', '', ?, ?, ?)",
                    Ids.next(),
                    tenant,
                    "d" + days,
                    ago(days),
                    days % 2 == 0 ? ago(days - 1) : null);
        }
        run();
        assertEquals("3", count("message"));
        later(Duration.ofDays(370));
        run();
        assertEquals("1", count("message"));
    }

    @Test
    void whatDevicesToldStaysAsLongAsItMayComeAgain() throws Throwable {
        for (int days : new int[] {1, 30, 399, 401, 402, 403}) {
            database.run(
                    "INSERT INTO device_event (tenant_id, device_id, message_id, channel, at, device_time, received_at, clock_suspect, data)"
                            + " VALUES (?, ?, ?, 'event', now(), now(), ?, false, '{}')",
                    tenant,
                    device,
                    Ids.next(),
                    ago(days));
            database.run(
                    "INSERT INTO switch_event (id, tenant_id, device_id, at, what) VALUES (?, ?, ?, ?, 'SWITCHED_ON')",
                    Ids.next(),
                    tenant,
                    device,
                    ago(days * 10));
        }
        run();
        assertEquals("3", count("device_event"));
        assertEquals("2", count("switch_event"));
        database.run("SELECT forget_device_events(now(), 1000)");
        assertEquals("2", count("device_event"));
    }

    @Test
    void settledCommandsGoWithTheirAttemptsOpenOnesAndMoneyStay() throws Throwable {
        UUID settled = command(500, "ABSOLUTE", "SUCCEEDED", 499, null);
        command(500, "ABSOLUTE", "OUTCOME_UNKNOWN", null, null);
        command(500, "ABSOLUTE", "QUEUED", null, 1);
        command(500, "INCREMENTAL", "SUCCEEDED", 499, null);
        command(500, "ABSOLUTE", "SUCCEEDED", 300, null);
        command(10, "ABSOLUTE", "FAILED", 9, null);
        assertEquals("6", count("device_command_attempt"));
        run();
        assertEquals("5", count("device_command"));
        assertEquals("5", count("device_command_attempt"));
        assertEquals("0", database.one("SELECT count(*) FROM device_command WHERE id = ?", settled));
        later(Duration.ofDays(3000));
        run();
        assertEquals("3", count("device_command"));
    }

    @Test
    void anomaliesThatLastStay() throws Throwable {
        for (Integer over : new Integer[] {null, 10, 500}) {
            database.run(
                    "INSERT INTO meter_anomaly (tenant_id, device_id, register, event_id, read_at, value, finding, found_at, ended_at)"
                            + " VALUES (?, ?, 'TOTAL', ?, now(), 1, 'JUMP', ?, ?)",
                    tenant,
                    device,
                    Ids.next(),
                    ago(900),
                    over == null ? null : ago(over));
        }
        run();
        assertEquals("2", count("meter_anomaly"));
    }

    @Test
    void monthsOfReadingsGoWholeAndOnlyWhenAllOfThemIsOldEnough() throws Throwable {
        database.run("SELECT make_months('meter_reading', '2020-01-10', '2020-03-20')");
        Instant kept = Instant.parse("2020-03-05T00:00:00Z");
        for (Instant at :
                new Instant[] {Instant.parse("2020-01-15T00:00:00Z"), Instant.parse("2020-02-28T00:00:00Z"), kept}) {
            database.run(
                    "INSERT INTO meter_reading (tenant_id, device_id, register, read_at, event_id, received_at, value, source, quality)"
                            + " VALUES (?, ?, 'TOTAL', ?, ?, now(), 1, 'PUSHED', 'VALID')",
                    tenant,
                    device,
                    at.atOffset(ZoneOffset.UTC),
                    Ids.next());
        }
        // 800 days before this lies the middle of March: March is not over.
        clock.set(Instant.parse("2020-03-15T00:00:00Z").plus(Duration.ofDays(800)));
        run();
        assertEquals("1", count("meter_reading"));
        assertEquals(
                "meter_reading_202003",
                database.one(
                        "SELECT string_agg(relname, ',') FROM pg_class WHERE relname LIKE 'meter_reading_2020%' AND relkind = 'r'"));
        clock.set(Instant.parse("2020-04-01T00:00:00Z").plus(Duration.ofDays(800)));
        run();
        assertEquals("0", count("meter_reading"));
        // Whatever is asked for, nothing of the last 400 days goes.
        assertEquals("0", database.one("SELECT drop_month('meter_reading', now())"));
    }

    private UUID command(int daysOld, String kind, String state, Integer settledDaysAgo, Integer deadlineInDays) {
        UUID id = Ids.next();
        database.run(
                "INSERT INTO device_command (id, tenant_id, device_id, op, kind, args, origin, by_subject, by_name, sequence_no,"
                        + " ack_ms, done_ms, valid_ms, max_attempts, created_at, expires_at, state, attempt, hand, in_relay, deadline, settled_at)"
                        + " VALUES (?, ?, ?, 'relay.set', ?, '{}', 'USER', 'a', 'a', 1, 1, 1, 1, 1, ?, now(), ?, 1, 1, false, ?, ?)",
                id,
                tenant,
                device,
                kind,
                ago(daysOld),
                state,
                deadlineInDays == null ? null : ago(-deadlineInDays),
                settledDaysAgo == null ? null : ago(settledDaysAgo));
        database.run(
                "INSERT INTO device_command_attempt (tenant_id, command_id, attempt) VALUES (?, ?, 1)", tenant, id);
        return id;
    }

    private void parked(int daysAgo, Integer replayedDaysAgo) {
        UUID id = Ids.next();
        database.run(
                "INSERT INTO rejected_message (id, tenant_id, topic, payload, fingerprint, reason, detail, received_at, last_at, replayed_at)"
                        + " VALUES (?, ?, 't', '', decode(?, 'hex'), 'SCHEMA', 'd', ?, ?, ?)",
                id,
                tenant,
                id.toString().replace("-", ""),
                ago(daysAgo),
                ago(daysAgo),
                replayedDaysAgo == null ? null : ago(replayedDaysAgo));
    }

    private String count(String table) {
        return database.one("SELECT count(*) FROM " + table + " WHERE tenant_id = ?", tenant);
    }

    private void later(Duration by) {
        clock.shift(by);
    }

    private void run() throws Throwable {
        subscribeAndAwait(old::run);
    }

    private static OffsetDateTime ago(int days) {
        return Instant.now().minus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC);
    }
}
