package cloud.wuye.device.inbox;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.contract.RejectReason;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sender of rubbish fills its own hour and no more; nothing of it is lost without a word. */
@QuarkusTest
class ParkingQuotaTest {
    @Inject
    ParkingLot lot;

    @Inject
    InboxConfig config;

    @Inject
    Db db;

    @Inject
    Clock clock;

    @Inject
    TestDevices tables;

    private TestTenant company;

    @BeforeEach
    void anHourBegins() {
        company = TestTenants.fresh();
        clock.set(Instant.parse("2026-11-20T04:00:00Z"));
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void whatIsTooMuchIsCountedInOneRowAnHour() throws Throwable {
        int limit = config.parkedPerHour();
        park("noisy", 0, limit + 7);
        park("noisy", limit + 7, 5);
        park("quiet", 0, 2);
        assertEquals(String.valueOf(limit), rows("reason = 'NOT_JSON' AND topic LIKE '%noisy%'"));
        assertEquals("2", rows("reason = 'NOT_JSON' AND topic LIKE '%quiet%'"));
        assertEquals("1", rows("reason = 'TOO_MANY'"));
        assertEquals(
                "12",
                tables.one(
                        "SELECT times FROM rejected_message WHERE tenant_id = ? AND reason = 'TOO_MANY'",
                        company.id()));

        clock.shift(Duration.ofHours(1));
        park("noisy", limit + 12, 3);
        assertEquals(String.valueOf(limit + 3), rows("reason = 'NOT_JSON' AND topic LIKE '%noisy%'"));
        assertEquals("1", rows("reason = 'TOO_MANY'"));
    }

    private void park(String uid, int from, int count) throws Throwable {
        List<Parked> messages = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            messages.add(Parked.of(
                    new Arrival(
                            "pm/v1/" + company.code() + "/emeter/" + uid + "/up/telemetry",
                            ("rubbish " + i).getBytes(StandardCharsets.UTF_8),
                            false,
                            clock.now(),
                            () -> {}),
                    null,
                    RejectReason.NOT_JSON,
                    "rubbish"));
        }
        assertEquals(
                true,
                subscribeAndAwait(() ->
                        db.acrossTenants("test", tx -> lot.park(tx, messages).replaceWith(true))));
    }

    private String rows(String condition) {
        return tables.one("SELECT count(*) FROM rejected_message WHERE tenant_id = ? AND " + condition, company.id());
    }
}
