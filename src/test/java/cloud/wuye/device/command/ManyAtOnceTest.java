package cloud.wuye.device.command;

import static cloud.wuye.testing.Work.run;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.outbox.OutboxMessage;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that are queued together, and commands that leave together. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class ManyAtOnceTest {
    private static final CommandOp READ = CommandOp.READ_METER.inLane("read");

    @Inject
    TestDevices devices;

    @Inject
    Db db;

    @Inject
    SendCommands send;

    @Inject
    DeliverCommand deliver;

    @Inject
    CommandDeadlines deadlines;

    @Inject
    Clock clock;

    private TestTenant company;
    private final List<TestMeter> meters = new ArrayList<>();

    @BeforeEach
    void threeMeters() {
        company = TestTenants.fresh();
        for (int i = 0; i < 3; i++) {
            meters.add(TestMeter.register(devices, company.id(), company.code()).connect());
        }
        await().until(() -> devices.rows(
                                "SELECT connectivity FROM device_state WHERE tenant_id = ? AND connectivity = 'ONLINE'",
                                company.id())
                        .size()
                == 3);
    }

    @AfterEach
    void away() {
        clock.reset();
        meters.forEach(TestMeter::disconnect);
    }

    @Test
    void eachMeterHearsItsOwnCommandOnceAndOneThatIsAwayWaits() {
        TestMeter away = TestMeter.register(devices, company.id(), company.code());
        List<Order> orders = new ArrayList<>();
        for (TestMeter meter : List.of(meters.get(2), away, meters.get(0), meters.get(1))) {
            orders.add(read(meter, "all of us"));
            orders.add(Order.bySystem(company.id(), meter.id, CommandOp.READ_STATE, Map.of("for", meter.uid), null));
        }
        List<DeviceCommand> queued = queue(orders);
        assertEquals(
                orders.stream()
                        .map(order -> order.deviceId() + order.op().name())
                        .toList(),
                queued.stream()
                        .map(command -> command.deviceId() + command.op())
                        .toList(),
                "in their order");
        for (DeviceCommand command : queued) {
            boolean there = !command.deviceId().equals(away.id);
            // Whether it is still in the relay may have changed by now.
            assertEquals(there ? "1" : "0", row(command, "hand"));
            assertEquals(there ? 1 : 0, messages(command));
            assertEquals(there, command.inRelay);
        }
        send.hurry();
        await().until(() -> states("SUCCEEDED") == 6);
        for (TestMeter meter : meters) {
            assertEquals(2, meter.heard.size());
            assertEquals(
                    queued.stream()
                            .filter(command -> command.deviceId().equals(meter.id))
                            .map(command -> command.id().toString())
                            .sorted()
                            .toList(),
                    meter.heard.stream()
                            .map(command -> command.path("id").asText())
                            .sorted()
                            .toList());
            assertTrue(meter.heard.stream()
                    .anyMatch(command ->
                            meter.uid.equals(command.path("args").path("for").asText())));
        }
        assertEquals(2, states("QUEUED"));
        away.connect();
        meters.add(away);
        await().until(() -> states("SUCCEEDED") == 8);
    }

    @Test
    void ofOrdersForOneLaneTheFirstIsQueuedAndTheOthersAreDropped() {
        TestMeter meter = meters.get(0);
        List<DeviceCommand> queued =
                queue(List.of(read(meter, "one"), read(meter, "other"), read(meters.get(1), "one")));
        assertEquals(2, queued.size());
        assertEquals("one", row(queued.get(0), "reason"));
        assertEquals(List.of(), queue(List.of(read(meter, "third"))));
    }

    /** After a crash between the commit and the last publication all of them come again, some with one that is void by now. */
    @Test
    void thoseThatComeAgainAreTheSameCommandsAndNoNewAttempts() {
        // Before anything is queued: the relay looks every half second, whoever hurries it.
        meters.forEach(meter -> meter.mood = TestMeter.Mood.DEAF);
        List<DeviceCommand> queued =
                queue(List.of(read(meters.get(0), "r"), read(meters.get(1), "r"), read(meters.get(2), "r")));
        List<OutboxMessage> messages = new ArrayList<>(
                queued.stream().map(command -> message(command, 1)).toList());
        messages.set(2, message(queued.get(2), 7));
        for (int i = 0; i < 2; i++) {
            for (Uni<Void> rest : run(deliver.begin(messages))) {
                run(rest);
            }
        }
        await().until(() ->
                meters.get(0).heard.size() >= 2 && meters.get(1).heard.size() >= 2);
        for (DeviceCommand command : queued.subList(0, 2)) {
            assertEquals("SENT|1|1", row(command, "state || '|' || attempt || '|' || hand"));
            assertEquals(
                    "1", devices.one("SELECT count(*) FROM device_command_attempt WHERE command_id = ?", command.id()));
        }
        assertTrue(meters.get(0).heard.stream()
                .allMatch(heard ->
                        heard.path("id").asText().equals(queued.get(0).id().toString())));
    }

    /** Silent meters that are asked once more hold up nobody who is asked for the first time. */
    @Test
    void whatNobodyHasAnsweredIsSentAgainInALaneOfItsOwn() {
        TestMeter deaf = meters.get(0);
        deaf.mood = TestMeter.Mood.DEAF;
        DeviceCommand command = queue(List.of(read(deaf, "r"))).get(0);
        send.hurry();
        await().until(() -> deaf.heard.size() == 1);
        clock.shift(Duration.ofSeconds(11));
        run(deadlines.sweep());
        await().until(() -> deaf.heard.size() == 2);
        assertEquals(
                List.of(command.id().toString()),
                deaf.heard.stream()
                        .map(heard -> heard.path("id").asText())
                        .distinct()
                        .toList());
        assertEquals(
                "mqtt.command then mqtt.command.again",
                devices.one(
                        "SELECT string_agg(kind, ' then ' ORDER BY seq) FROM outbox_message WHERE tenant_id = ? AND key = ?",
                        company.id(),
                        deaf.id.toString()));
    }

    @Test
    void howACommandCameOutIsAskedInThatLaneToo() {
        TestMeter meter = meters.get(0);
        queue(List.of(Order.bySystem(
                company.id(),
                meter.id,
                CommandOp.READ_STATE.inLane(RepeatCommand.QUESTIONS + Ids.next()),
                Map.of(),
                null)));
        assertEquals(
                RepeatCommand.KIND,
                devices.one(
                        "SELECT kind FROM outbox_message WHERE tenant_id = ? AND key = ?",
                        company.id(),
                        meter.id.toString()));
    }

    private OutboxMessage message(DeviceCommand command, int hand) {
        return new OutboxMessage(
                1,
                Ids.next(),
                company.id(),
                DeliverCommand.KIND,
                command.deviceId().toString(),
                command.id() + ":" + hand,
                "{\"command\":\"%s\",\"hand\":%d}".formatted(command.id(), hand),
                clock.now(),
                1,
                null);
    }

    private Order read(TestMeter meter, String reason) {
        return new Order(
                meter.id,
                READ,
                Map.of(),
                CommandOrigin.SCHEDULE,
                Caller.system(company.id()),
                reason,
                null,
                null,
                Duration.ofHours(1));
    }

    private List<DeviceCommand> queue(List<Order> orders) {
        return run(db.forTenantSql(company.id(), tx -> send.queue(tx, company.id(), orders)));
    }

    private String row(DeviceCommand command, String columns) {
        return devices.one("SELECT " + columns + " FROM device_command WHERE id = ?", command.id());
    }

    private int messages(DeviceCommand command) {
        return devices.rows(
                        "SELECT id FROM outbox_message WHERE tenant_id = ? AND kind = 'mqtt.command' AND key = ?"
                                + " AND dedupe_key = ? AND payload = jsonb_build_object('command', ?::text, 'hand', 1)",
                        company.id(),
                        command.deviceId().toString(),
                        command.id() + ":1",
                        command.id().toString())
                .size();
    }

    private int states(String state) {
        return devices.rows(
                        "SELECT id FROM device_command WHERE tenant_id = ? AND state = ?"
                                + " AND op IN ('meter.read', 'state.read')",
                        company.id(),
                        state)
                .size();
    }
}
