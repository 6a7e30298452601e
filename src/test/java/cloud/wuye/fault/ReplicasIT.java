package cloud.wuye.fault;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedFleet;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.ServiceProcess;
import cloud.wuye.testing.TestIssuer;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of the packaged service on one database and one broker: every job and every command is done once. */
class ReplicasIT {
    private static final int METERS = 200;
    private static final int FORCED = 40;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final KitServers KIT = KitServers.shared();
    private static final Duration LONG = Duration.ofSeconds(120);

    static {
        new TestIssuer().start();
    }

    private final String database = "replicas_" + UUID.randomUUID().toString().replace("-", "");
    private final Path directory = Path.of("target", "fault", database).toAbsolutePath();
    /** Device ids by uid. */
    private final Map<String, String> ids = new LinkedHashMap<>();

    private HttpServer door;
    private ServiceProcess one;
    private ServiceProcess two;
    private Estate estate;
    private SimulatedFleet fleet;

    @BeforeEach
    void twoInstancesAndTheirMeters() throws IOException {
        KIT.createDatabase(database);
        door = TestDevices.letEverybodyIn();
        one = service("one").awaitListening();
        estate = new Estate(database, METERS);
        estate.run(
                "UPDATE tenant SET issuer = ?, base_url = ? WHERE id = ?",
                TestIssuer.issuer(estate.code),
                TestIssuer.baseUrl(),
                estate.tenant);
        estate.run("SELECT uid || ' ' || id FROM device WHERE tenant_id = ? ORDER BY uid", estate.tenant)
                .forEach(row -> ids.put(row.split(" ")[0], row.split(" ")[1]));
        two = service("two").awaitListening();
        fleet = SimulatedFleet.of(
                BrokerAddress.parse(KIT.fact("mqtt.host") + ":" + KIT.fact("mqtt.port")),
                ids.keySet().stream()
                        .map(uid -> DeviceCard.home(estate.code, uid, "any"))
                        .toList(),
                MeterSettings.usual(),
                null);
        fleet.connect();
        awaitCount(
                METERS,
                "SELECT count(*) FROM device_state WHERE tenant_id = ? AND connectivity = 'ONLINE' AND switch_reported = 'ON'");
    }

    @AfterEach
    void end() {
        if (fleet != null) {
            fleet.close();
        }
        Stream.of(one, two)
                .filter(service -> service != null && service.isAlive())
                .forEach(ServiceProcess::close);
        door.stop(0);
        KIT.askAboutDevicesAt("");
        KIT.dropDatabase(database);
    }

    @Test
    void everyJobAndCommandIsDoneOnceAndSurvivesOneInstance() {
        String schedule = aTimetableSwitchesThemAllOff();
        readingsAreAskedForOnce();
        staffForceSomeOffThroughBoth();
        ticksWereShared();
        oneInstanceDiesWhileTheyAreSwitchedOn(schedule);
    }

    private String aTimetableSwitchesThemAllOff() {
        String id = ask(
                        one,
                        "mutation($i:PowerScheduleInput!){s:createPowerSchedule(input:$i){id}}",
                        Map.of("i", power("OFF", "ON")))
                .getString("data.s.id");
        await().atMost(LONG).until(() -> fleet.meters().stream().noneMatch(SimulatedMeter::hasSupply));
        awaitCount(METERS, "SELECT count(*) FROM device_command WHERE tenant_id = ? AND state = 'SUCCEEDED'");
        assertEquals(METERS, count("SELECT count(*) FROM device_command WHERE tenant_id = ?"));
        assertEquals(METERS, count("SELECT sum(attempt) FROM device_command WHERE tenant_id = ?"));
        assertEquals(METERS, count("SELECT count(*) FROM switch_event WHERE tenant_id = ? AND what = 'HOLD_OPENED'"));
        everyMeterHeard(1);
        // One timetable and its devices, counted by whoever did them: done by both, it would be twice as many.
        await().untilAsserted(() -> assertEquals(METERS + 1, jobTotal("power-schedules")));
        return id;
    }

    private void readingsAreAskedForOnce() {
        List<String> all = List.copyOf(ids.values());
        String read = "mutation($d:[ID!]!){c:readMeters(deviceIds:$d){id}}";
        CompletableFuture<JsonPath> half =
                CompletableFuture.supplyAsync(() -> ask(one, read, Map.of("d", all.subList(0, METERS / 2))));
        ask(two, read, Map.of("d", all.subList(METERS / 2, METERS)));
        half.join();
        awaitReads(METERS);
        everyMeterHeard(2);

        Map<String, Object> input = input();
        input.remove("misfire");
        input.put("times", List.of(Map.of("time", minutes(LocalTime.now(ZONE).minusMinutes(1)))));
        ask(two, "mutation($i:ReadingScheduleInput!){s:createReadingSchedule(input:$i){id}}", Map.of("i", input));
        // It is due tomorrow; nobody wants to wait for that.
        estate.run(
                "UPDATE timetable SET next_due_at = now() WHERE tenant_id = ? AND purpose = 'READING'", estate.tenant);
        awaitReads(2 * METERS);
        everyMeterHeard(3);
        awaitCount(METERS, "SELECT count(DISTINCT device_id) FROM meter_reading WHERE tenant_id = ?");
    }

    /** The same order through both at once is one hold. */
    private void staffForceSomeOffThroughBoth() {
        List<String> some = List.copyOf(ids.values()).subList(0, FORCED);
        String off = "mutation($d:[ID!]!){s:forceOff(deviceIds:$d,reason:\"works\"){desired}}";
        CompletableFuture<JsonPath> again = CompletableFuture.supplyAsync(() -> ask(one, off, Map.of("d", some)));
        ask(two, off, Map.of("d", some));
        again.join();
        assertEquals(FORCED, count("SELECT count(*) FROM supply_hold WHERE tenant_id = ? AND reason = 'MANUAL'"));
        everyMeterHeard(3);
    }

    /** Quartz fires each trigger on one of them: as many runs as ticks, not twice as many. */
    private void ticksWereShared() {
        long from = System.nanoTime();
        long before = Long.parseLong(estate.one("SELECT runs FROM job_run WHERE job = 'command-deadlines'"));
        await().pollDelay(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(60)).until(() -> true);
        long ran = Long.parseLong(estate.one("SELECT runs FROM job_run WHERE job = 'command-deadlines'")) - before;
        // Ten, unless this machine was busy with something else.
        long seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds();
        assertTrue(
                ran >= seconds / 2 && ran <= seconds + 3,
                ran + " runs in " + seconds + " s of a job that ticks each second");
        assertEquals("0", estate.one("SELECT sum(failures) FROM job_run"));
    }

    private void oneInstanceDiesWhileTheyAreSwitchedOn(String schedule) {
        Instant begun = Instant.now();
        List<SimulatedMeter> meters = fleet.meters();
        SimulatedMeter waiting = meters.get(METERS - 1);
        SimulatedMeter doubted = meters.get(0);
        leave(waiting);
        leave(doubted);
        Map<SimulatedMeter, Set<String>> heard = new HashMap<>();
        meters.forEach(meter -> heard.put(meter, new HashSet<>(meter.heardCommands())));
        meters.forEach(meter -> meter.behave(Faults.parse("slowack=0.5,noack=0.2")));
        ask(
                two,
                "mutation($id:ID!,$v:Int!,$i:PowerScheduleInput!){s:changePowerSchedule(id:$id,version:$v,input:$i){id}}",
                Map.of(
                        "id",
                        schedule,
                        "v",
                        Integer.parseInt(
                                estate.one("SELECT version FROM timetable WHERE id = ?", UUID.fromString(schedule))),
                        "i",
                        power("ON", "OFF")));
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> count(switching("IN ('SENT', 'ACCEPTED')")) >= 30);
        await().untilAsserted(() -> assertEquals(2L * (METERS + 1), jobTotal("power-schedules")));
        String unknown = anOutcomeNobodyKnows(doubted);
        one.kill();
        int underWay = count(switching("IN ('SENT', 'ACCEPTED', 'QUEUED')"));
        assertTrue(underWay > 20, "killed too late to prove anything: " + underWay);
        waiting.connectNow();
        doubted.connectNow();

        int on = METERS - FORCED;
        await().atMost(LONG)
                .until(() -> meters.stream().filter(SimulatedMeter::hasSupply).count() == on);
        await().atMost(LONG).until(() -> count(switching("IN ('SENT', 'ACCEPTED', 'QUEUED', 'OUTCOME_UNKNOWN')")) == 0);
        assertEquals(
                "FAILED NOT_DONE",
                estate.one("SELECT state || ' ' || code FROM device_command WHERE id = ?", UUID.fromString(unknown)));
        assertEquals(
                0,
                count("SELECT count(*) FROM device_command WHERE tenant_id = ? AND state <> 'SUCCEEDED' AND id <> '"
                        + unknown + "'"));
        List<SimulatedMeter> switched = meters.subList(FORCED, METERS);
        for (SimulatedMeter meter : switched) {
            Set<String> news = new HashSet<>(meter.heardCommands());
            news.removeAll(heard.get(meter));
            assertEquals(
                    1,
                    news.size(),
                    "told one thing, however often: " + meter.card().uid());
            assertTrue(meter.hasSupply());
        }
        // Executed once each: the meter itself reports every move of its breaker.
        awaitCount(
                on,
                "SELECT count(*) FROM switch_event WHERE tenant_id = ? AND what = 'SWITCHED_ON'" + " AND at > '" + begun
                        + "'");
        assertTrue(
                count("SELECT count(*) FROM device_command_attempt WHERE tenant_id = ? AND attempt > 1") > 0,
                "nothing had to be repeated: the silent ones prove nothing");
        assertTrue(estate.one("SELECT node FROM job_run WHERE job = 'command-deadlines'")
                .startsWith("two-"));
    }

    private void leave(SimulatedMeter meter) {
        meter.disconnect("works");
        await().atMost(LONG).until(() -> estate.one(
                        "SELECT connectivity FROM device_state WHERE device_id = ?",
                        UUID.fromString(ids.get(meter.card().uid())))
                .equals("OFFLINE"));
    }

    /** As three silent attempts leave it; the read-back falls due when one instance is dead. */
    private String anOutcomeNobodyKnows(SimulatedMeter meter) {
        UUID device = UUID.fromString(ids.get(meter.card().uid()));
        String id = UUID.randomUUID().toString();
        estate.run(
                "INSERT INTO device_command SELECT (json_populate_record(c, json_build_object('id', ?::text, 'state', 'OUTCOME_UNKNOWN',"
                        + " 'attempt', 3, 'args', json_build_object('state', 'closed'), 'in_relay', false, 'result', null, 'settled_at', null,"
                        + " 'created_at', now(), 'expires_at', now() + interval '1 day', 'deadline', now() + interval '3 seconds'))).*"
                        + " FROM device_command c WHERE c.device_id = ? AND c.op = 'relay.set' LIMIT 1",
                id,
                device);
        return id;
    }

    private static String switching(String states) {
        return "SELECT count(*) FROM device_command WHERE tenant_id = ? AND op = 'relay.set' AND state " + states;
    }

    private void everyMeterHeard(int commands) {
        for (SimulatedMeter meter : fleet.meters()) {
            List<String> heard = meter.heardCommands();
            assertEquals(commands, heard.size(), () -> meter.card().uid() + " heard " + heard);
            assertEquals(commands, new HashSet<>(heard).size());
        }
    }

    private void awaitReads(int all) {
        awaitCount(
                all,
                "SELECT count(*) FROM device_command WHERE tenant_id = ? AND op = 'meter.read' AND state = 'SUCCEEDED'");
        assertEquals(all, count("SELECT count(*) FROM device_command WHERE tenant_id = ? AND op = 'meter.read'"));
    }

    private void awaitCount(int wanted, String sql) {
        await().atMost(LONG).untilAsserted(() -> assertEquals(wanted, count(sql)));
    }

    private int count(String sql) {
        return Integer.parseInt(estate.one(sql, estate.tenant));
    }

    private long jobTotal(String job) {
        return Long.parseLong(estate.one("SELECT total FROM job_run WHERE job = ?", job));
    }

    private JsonPath ask(ServiceProcess service, String document, Map<String, Object> variables) {
        JsonPath answer = given().auth()
                .oauth2(TestIssuer.token(estate.code, "lin", Roles.MANAGER))
                .contentType("application/json")
                .accept("application/json")
                .body(Map.of("query", document, "variables", variables))
                .post(service.url() + "/graphql")
                .jsonPath();
        assertNull(answer.get("errors"), answer::prettify);
        return answer;
    }

    /** What holds now, and what held a minute before. */
    private Map<String, Object> power(String now, String before) {
        Map<String, Object> input = input();
        // Looked at once: between two looks a minute may begin, and both would be the same.
        LocalTime clock = LocalTime.now(ZONE);
        input.put(
                "times",
                List.of(
                        Map.of("action", now, "time", minutes(clock.minusMinutes(1)), "rule", "ANY_DAY"),
                        Map.of("action", before, "time", minutes(clock.minusMinutes(2)), "rule", "ANY_DAY")));
        return input;
    }

    private Map<String, Object> input() {
        return new HashMap<>(Map.of(
                "name",
                "all of them",
                "zone",
                ZONE.getId(),
                "misfire",
                "RUN_LATEST",
                "deviceIds",
                List.copyOf(ids.values())));
    }

    private static String minutes(LocalTime time) {
        return time.format(DateTimeFormatter.ofPattern("HH:mm"));
    }

    private ServiceProcess service(String node) {
        Map<String, String> settings = new HashMap<>(KIT.settings().postgres(database));
        settings.putAll(KIT.settings().mqtt());
        settings.put("wuye.identity.keycloak.url", "http://127.0.0.1:1");
        settings.put("wuye.identity.keycloak.provisioner-secret", "of-no-use");
        return ServiceProcess.start(directory, node, settings);
    }
}
