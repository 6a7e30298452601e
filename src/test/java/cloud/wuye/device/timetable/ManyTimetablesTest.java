package cloud.wuye.device.timetable;

import static cloud.wuye.testing.Work.run;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More timetables of the same meters than one pass takes, run by several at once. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class ManyTimetablesTest {
    private static final int TIMETABLES = 25;
    private static final String CREATE = "mutation($i:PowerScheduleInput!){s:createPowerSchedule(input:$i){id}}";

    @Inject
    TestDevices devices;

    @Inject
    Clock clock;

    @Inject
    RunPowerSchedules power;

    @Inject
    RunDue due;

    private TestTenant company;
    private List<TestMeter> meters;

    @BeforeEach
    void metersOfManyTimetables() {
        company = TestTenants.fresh();
        meters = Stream.generate(() -> TestMeter.register(devices, company.id(), company.code())
                        .connect())
                .limit(3)
                .toList();
        await().until(() -> reported("ON") == 3);
        Graph manager = Graph.as(company.manager());
        for (int i = 0; i < TIMETABLES; i++) {
            manager.ask(CREATE, "i", input(i));
        }
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        meters.forEach(TestMeter::disconnect);
    }

    @Test
    void eachMeterIsToldOnceHoweverManyTimetablesWantIt() {
        clock.shift(Duration.ofMinutes(61));
        runAtOnce();
        await().until(() -> reported("OFF") == 3);
        assertEquals(3 * TIMETABLES, count("supply_hold WHERE released_at IS NULL AND tenant_id = ?"));
        assertEquals(3 * TIMETABLES, count("switch_event WHERE what = 'HOLD_OPENED' AND tenant_id = ?"));
        assertEquals(
                3,
                count(
                        "supply_switch WHERE desired = 'OFF' AND cut AND NOT permitted AND failures = 0 AND tenant_id = ?"));
        meters.forEach(meter -> assertEquals(List.of("open"), meter.switchings()));

        runAtOnce();
        assertEquals(3, count("device_command WHERE lane = 'switch' AND tenant_id = ?"));

        clock.shift(Duration.ofMinutes(121));
        runAtOnce();
        await().until(() -> reported("ON") == 3);
        assertEquals(0, count("supply_hold WHERE released_at IS NULL AND tenant_id = ?"));
        meters.forEach(meter -> assertEquals(List.of("open", "closed"), meter.switchings()));
    }

    @Test
    void aPassThatLostAgainstAnotherGoesAgainAtOnce() {
        clock.shift(Duration.ofMinutes(61));
        AtomicInteger passes = new AtomicInteger();
        run(due.untilDry(
                RunPowerSchedules.PURPOSE,
                TIMETABLES,
                (tx, rows, now) -> passes.incrementAndGet() == 1
                        ? tx.query("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$")
                                .execute()
                                .replaceWith(1)
                        : Uni.createFrom().item(0)));
        assertEquals(2, passes.get());
    }

    private void runAtOnce() {
        run(Uni.join().all(power.now(), power.now()).andFailFast());
    }

    private Map<String, Object> input(int number) {
        return Map.of(
                "name",
                "all of us " + number,
                "zone",
                "UTC",
                "deviceIds",
                meters.stream().map(meter -> meter.id.toString()).toList(),
                "times",
                List.of(Map.of("action", "OFF", "time", in(60)), Map.of("action", "ON", "time", in(120))));
    }

    private String in(int minutes) {
        return LocalTime.ofInstant(clock.now().plus(Duration.ofMinutes(minutes)), ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private int reported(String state) {
        return count("device_state WHERE switch_reported = '" + state + "' AND tenant_id = ?");
    }

    private int count(String rows) {
        return Integer.parseInt(devices.one("SELECT count(*) FROM " + rows, company.id()));
    }
}
