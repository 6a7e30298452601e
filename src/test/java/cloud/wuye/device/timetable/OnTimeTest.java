package cloud.wuye.device.timetable;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One tick is enough for all that is due in the minute after it; here no other ever comes. */
@QuarkusTest
class OnTimeTest {
    @Inject
    TestDevices devices;

    @Inject
    PowerScheduleJob power;

    @Inject
    ReadingScheduleJob reading;

    @Test
    void whatIsDueLaterRunsThenAndSoDoesWhatIsDueAfterIt() throws Throwable {
        TestTenant company = TestTenants.fresh();
        UUID first = timetable(company, "Reading", Map.of("time", "03:00"));
        UUID second = timetable(company, "Reading", Map.of("time", "03:00"));
        UUID switching = timetable(company, "Power", Map.of("time", "03:00", "action", "OFF"));
        String firstDue = due(first, 2);
        String secondDue = due(second, 4);
        String switchingDue = due(switching, 3);
        subscribeAndAwait(reading::tick);
        subscribeAndAwait(power::tick);
        await().atMost(Duration.ofSeconds(30)).until(() -> hasRun(first) && hasRun(second) && hasRun(switching));
        // Held against the time at which each ran: the ticks themselves may take longer than any of them waits.
        assertTrue(hasRunSince(first, firstDue));
        assertTrue(hasRunSince(second, secondDue));
        assertTrue(hasRunSince(switching, switchingDue));
    }

    private UUID timetable(TestTenant company, String purpose, Map<String, String> time) {
        UUID device = devices.device(company.id(), "emeter", "em-" + Long.toString(System.nanoTime(), 36), null);
        Map<String, Object> input =
                Map.of("name", purpose, "zone", "UTC", "times", List.of(time), "deviceIds", List.of(device.toString()));
        return UUID.fromString(Graph.as(company.manager())
                .ask(
                        "mutation($i:%1$sScheduleInput!){s:create%1$sSchedule(input:$i){id}}".formatted(purpose),
                        "i",
                        input)
                .getString("s.id"));
    }

    /** From then on it is due. */
    private String due(UUID timetable, int seconds) {
        return devices.one(
                "UPDATE timetable SET next_due_at = clock_timestamp() + make_interval(secs => ?) WHERE id = ? RETURNING next_due_at",
                seconds,
                timetable);
    }

    private boolean hasRun(UUID timetable) {
        return hasRunSince(timetable, "-infinity");
    }

    private boolean hasRunSince(UUID timetable, String time) {
        return devices.rows("SELECT id FROM timetable WHERE id = ? AND last_run_at >= ?::timestamptz", timetable, time)
                        .size()
                == 1;
    }
}
