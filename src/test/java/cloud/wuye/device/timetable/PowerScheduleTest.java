package cloud.wuye.device.timetable;

import static cloud.wuye.testing.Work.run;
import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Timed power and timed readings, from the timetable to the meter. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class PowerScheduleTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String FIELDS = "{id version status nextDueAt lastAction upcoming(count:2){at action}}";
    private static final String CREATE =
            "mutation($i:PowerScheduleInput!){s:createPowerSchedule(input:$i)" + FIELDS + "}";

    @Inject
    TestDevices devices;

    @Inject
    Clock clock;

    @Inject
    RunPowerSchedules power;

    @Inject
    RunReadingSchedules readings;

    @Inject
    RunDue due;

    @Inject
    Timetables timetables;

    private TestTenant company;
    private Graph manager;
    private TestMeter meter;
    /** What "in an hour" is counted from: once and for all, so that no midnight comes between two that mean the same day. */
    private Instant begun;

    @BeforeEach
    void oneMeter() {
        begun = clock.now();
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        meter = TestMeter.register(devices, company.id(), company.code()).connect();
        await().until(() -> "ON".equals(reported()));
    }

    /** One that cannot be run keeps no other back, nor itself for ever. */
    @Test
    void whatCannotBeRunIsPutOffAndTheOthersRun() throws Throwable {
        UUID good = UUID.fromString(
                offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null).getString("s.id"));
        UUID bad = UUID.fromString(
                offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null).getString("s.id"));
        List<UUID> ran = new ArrayList<>();
        subscribeAndAwait(() -> due.untilDry(RunPowerSchedules.PURPOSE, Batches.SIZE, (tx, rows, now) -> {
            if (rows.stream().anyMatch(row -> row.id().equals(bad))) {
                throw new IllegalStateException("cannot be run");
            }
            rows.forEach(row -> ran.add(row.id()));
            return timetables
                    .done(tx, now, rows, Collections.nCopies(rows.size(), null))
                    .replaceWith(rows.size());
        }));
        assertTrue(ran.contains(good));
        assertFalse(ran.contains(bad));
        Instant again =
                Instant.parse(manager.ask("query($i:ID!){s:powerSchedule(id:$i){nextDueAt}}", "i", bad.toString())
                        .getString("s.nextDueAt"));
        assertTrue(again.isAfter(clock.now().plus(Duration.ofMinutes(59))), again::toString);
    }

    @AfterEach
    void rightTime() {
        clock.reset();
        meter.disconnect();
    }

    @Test
    void aTimetableSwitchesOffAndOnAgain() {
        JsonPath made = offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null);
        assertEquals(List.of("OFF", "ON"), made.getList("s.upcoming.action"));
        run(power.now());
        assertEquals(List.of(), meter.switchings(), "by the timetable it should be on now, and is");

        clock.shift(Duration.ofMinutes(61));
        run(power.now());
        await().until(() -> "OFF".equals(reported()));
        assertEquals(
                List.of("SCHEDULE"),
                manager.ask(
                                "query($d:[ID!]!){s:supplies(deviceIds:$d){holds{reason scheduleId}}}",
                                "d",
                                List.of(meter.id.toString()))
                        .getList("s[0].holds.reason"));
        run(power.now());

        clock.shift(Duration.ofMinutes(121));
        run(power.now());
        await().until(() -> "ON".equals(reported()));
        assertEquals(List.of("open", "closed"), meter.switchings());
    }

    @Test
    void aTimetableThatCannotBeReadKeepsNoOtherBack() {
        String broken = offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null).getString("s.id");
        offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null);
        devices.run("UPDATE timetable SET zone = 'Atlantis/Capital' WHERE id = ?", UUID.fromString(broken));
        clock.shift(Duration.ofMinutes(61));
        run(power.now());
        await().until(() -> "OFF".equals(reported()));
        assertEquals(1, openHolds());
    }

    @Test
    void aServiceThatSleptForDaysSetsWhatShouldHoldNowOnce() {
        offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null);
        run(power.now());
        clock.shift(Duration.ofDays(3).plusMinutes(65));
        run(power.now());
        await().until(() -> "OFF".equals(reported()));
        assertEquals(List.of("open"), meter.switchings());
    }

    @Test
    void whatSkipsDoesNothingLate() {
        offInOneHourOnInTwo("SKIP", "ANY_DAY", null);
        clock.shift(Duration.ofMinutes(70));
        run(power.now());
        assertEquals(0, openHolds());
        clock.shift(Duration.ofDays(1).plusMinutes(62));
        run(power.now());
        assertEquals(1, openHolds());
    }

    @Test
    void pausingLetsGoAndResumingTakesHoldAgain() {
        String id = offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null).getString("s.id");
        clock.shift(Duration.ofMinutes(61));
        run(power.now());
        await().until(() -> "OFF".equals(reported()));
        assertEquals("PAUSED", act("pausePowerSchedule", id).getString("s.status"));
        run(power.now());
        await().until(() -> "ON".equals(reported()));
        act("resumePowerSchedule", id);
        run(power.now());
        await().until(() -> "OFF".equals(reported()));
        act("deletePowerSchedule", id);
        run(power.now());
        await().until(() -> "ON".equals(reported()));
        assertNull(manager.ask("query($id:ID!){s:powerSchedule(id:$id){id}}", "id", id)
                .get("s"));
        manager.refused("NOT_FOUND", "mutation($id:ID!){s:resumePowerSchedule(id:$id){id}}", "id", id);
        assertEquals(
                List.of("timetable.create", "timetable.pause", "timetable.resume", "timetable.delete"),
                devices.rows("SELECT act FROM audit_entry WHERE tenant_id = ? ORDER BY at, id", company.id()));
    }

    @Test
    void aMeterOfflineAtSwitchingTimeIsSwitchedWhenItReturns() {
        offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null);
        meter.disconnect();
        await().until(() ->
                "OFFLINE".equals(devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter.id)));
        clock.shift(Duration.ofMinutes(61));
        run(power.now());
        assertEquals(List.of(), meter.switchings());
        meter.connect();
        await().until(() -> "OFF".equals(reported()));
    }

    @Test
    void aSpaceMeansWhateverStandsBelowItWhenItIsDue() {
        String garden = space(null, "COMMUNITY");
        String building = space(garden, "BUILDING");
        Map<String, Object> input = input("RUN_LATEST", "ANY_DAY", null);
        input.remove("deviceIds");
        input.put("spaceIds", List.of(garden));
        manager.ask(CREATE, "i", input);
        devices.run("UPDATE device SET space_id = ?::uuid WHERE id = ?", building, meter.id);
        clock.shift(Duration.ofMinutes(61));
        run(power.now());
        await().until(() -> "OFF".equals(reported()));
        assertEquals(
                1,
                manager.ask(
                                "query($d:ID){s:powerSchedules(filter:{deviceId:$d}){nodes{id spaceIds deviceIds}}}",
                                "d",
                                meter.id.toString())
                        .getList("s.nodes")
                        .size());
    }

    @Test
    void aHolidayIsNoWorkingDay() {
        LocalDate today = LocalDate.ofInstant(begun.plus(Duration.ofHours(1)), SHANGHAI);
        String calendar = manager.ask(
                        "mutation($i:HolidayCalendarInput!){c:createHolidayCalendar(input:$i){id daysOff}}",
                        "i",
                        Map.of("name", "节假日", "daysOff", List.of(today.toString()), "workingDays", List.of()))
                .getString("c.id");
        offInOneHourOnInTwo("RUN_LATEST", "WORKING_DAYS", calendar);
        run(power.now());
        int before = meter.switchings().size();
        clock.shift(Duration.ofMinutes(61));
        run(power.now());
        assertEquals(before, meter.switchings().size(), "not on a holiday");
        manager.refused("ILLEGAL_STATE", "mutation($id:ID!){c:deleteHolidayCalendar(id:$id){id}}", "id", calendar);
        manager.ask(
                "mutation($id:ID!,$i:HolidayCalendarInput!){c:changeHolidayCalendar(id:$id,version:0,input:$i){version}}",
                "id",
                calendar,
                "i",
                Map.of("name", "节假日", "daysOff", List.of(), "workingDays", List.of(today.toString())));
        run(power.now());
        await().until(() -> "OFF".equals(reported()));
    }

    @Test
    void nonsenseIsRefusedWithTheField() {
        Map<String, Object> nowhere = input("SKIP", "ANY_DAY", null);
        nowhere.put("zone", "Mars/Olympus");
        assertEquals(
                "zone", manager.refused("VALIDATION", CREATE, "i", nowhere).getString("errors[0].extensions.field"));
        Map<String, Object> stranger = input("SKIP", "ANY_DAY", null);
        stranger.put("deviceIds", List.of("00000000-0000-7000-8000-000000000000"));
        manager.refused("NOT_FOUND", CREATE, "i", stranger);
        Map<String, Object> both = input("SKIP", "ANY_DAY", null);
        both.put("times", List.of(Map.of("action", "ON", "time", "08:00"), Map.of("action", "OFF", "time", "08:00")));
        manager.refused("VALIDATION", CREATE, "i", both);
        Graph.as(company.resident()).refused("FORBIDDEN", CREATE, "i", input("SKIP", "ANY_DAY", null));
    }

    @Test
    void twoReplicasRunEachTimetableOnce() {
        offInOneHourOnInTwo("RUN_LATEST", "ANY_DAY", null);
        clock.shift(Duration.ofMinutes(61));
        run(Uni.join().all(power.now(), power.now(), power.now()).andFailFast());
        await().until(() -> "OFF".equals(reported()));
        assertEquals(List.of("open"), meter.switchings());
        assertEquals(1, openHolds());
    }

    @Test
    void aMeterIsReadNowAndByTheClock() {
        String read = "mutation($d:[ID!]!){c:readMeters(deviceIds:$d){id op state}}";
        JsonPath asked = manager.ask(read, "d", List.of(meter.id.toString()));
        assertEquals("meter.read", asked.getString("c[0].op"));
        await().until(() -> devices.rows("SELECT state FROM device_command WHERE tenant_id = ?", company.id())
                .equals(List.of("SUCCEEDED")));

        Map<String, Object> input = new HashMap<>(input("SKIP", "ANY_DAY", null));
        input.remove("misfire");
        input.put("times", List.of(Map.of("time", localIn(60))));
        JsonPath made = manager.ask(
                "mutation($i:ReadingScheduleInput!){s:createReadingSchedule(input:$i){id nextDueAt deviceIds}}",
                "i",
                input);
        assertNotNull(made.getString("s.nextDueAt"));
        run(readings.now());
        assertEquals(1, meter.heard.size());
        clock.shift(Duration.ofMinutes(61));
        run(readings.now());
        run(readings.now());
        await().until(() -> meter.heard.size() == 2);
        assertEquals("meter.read", meter.heard.get(1).path("op").asText());
    }

    private JsonPath offInOneHourOnInTwo(String misfire, String rule, String calendar) {
        return manager.ask(CREATE, "i", input(misfire, rule, calendar));
    }

    private Map<String, Object> input(String misfire, String rule, String calendar) {
        Map<String, Object> input = new HashMap<>();
        input.put("name", "晚间断电");
        input.put("zone", SHANGHAI.getId());
        input.put("misfire", misfire);
        input.put("deviceIds", List.of(meter.id.toString()));
        input.put("calendarId", calendar);
        input.put(
                "times",
                List.of(
                        Map.of("action", "OFF", "time", localIn(60), "rule", rule),
                        Map.of("action", "ON", "time", localIn(120), "rule", "ANY_DAY")));
        return input;
    }

    private String localIn(int minutes) {
        return LocalTime.ofInstant(begun.plus(Duration.ofMinutes(minutes)), SHANGHAI)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private JsonPath act(String mutation, String id) {
        return manager.ask("mutation($id:ID!){s:" + mutation + "(id:$id)" + FIELDS + "}", "id", id);
    }

    private String space(String parent, String kind) {
        Map<String, Object> input = new HashMap<>();
        input.put("parentId", parent);
        input.put("kind", kind);
        input.put("name", kind);
        return manager.ask("mutation($i:SpaceInput!){s:createSpace(input:$i){id}}", "i", input)
                .getString("s.id");
    }

    private int openHolds() {
        return Integer.parseInt(devices.one(
                "SELECT count(*) FROM supply_hold WHERE tenant_id = ? AND released_at IS NULL", company.id()));
    }

    private String reported() {
        return devices.one("SELECT switch_reported FROM device_state WHERE device_id = ?", meter.id);
    }
}
