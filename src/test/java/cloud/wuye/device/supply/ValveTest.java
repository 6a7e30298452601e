package cloud.wuye.device.supply;

import static cloud.wuye.testing.Work.run;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Fault;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.LoadProfile;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A valve, by a simulated meter on the real broker. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class ValveTest {
    @Inject
    TestDevices tables;

    @Inject
    ReconcileAll reconcile;

    @Inject
    Clock clock;

    private TestTenant company;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void aValveClosesAndOpens() {
        DeviceCard card = card("wmeter");
        UUID id = tables.device(company.id(), "wmeter", card.uid(), null);
        try (SimulatedMeter meter = SimulatedMeter.of(broker(), card, MeterSettings.usual())) {
            meter.connectNow();
            await().until(() -> "ON".equals(reported(id)));
            // Long enough to be looked at on its way, also where everything is slow.
            meter.turnsWithin(Duration.ofSeconds(3));
            hold("forceOff", id);
            await().until(() -> "MOVING".equals(reported(id)));
            await().until(() -> "OFF".equals(reported(id)) && settled());
            assertTrue(!meter.hasSupply());
            hold("releaseForceOff", id);
            await().until(() -> "ON".equals(reported(id)) && settled());
            assertEquals(
                    List.of("valve.set|closed|SUCCEEDED", "valve.set|open|SUCCEEDED"),
                    tables.rows(
                            "SELECT op, args->>'state', state FROM device_command WHERE tenant_id = ? ORDER BY created_at",
                            company.id()));
        }
    }

    @Test
    void aStuckValveIsAFailureAndLeftAloneUntilSomebodyHasFreedIt() {
        DeviceCard card = card("wmeter");
        UUID id = tables.device(company.id(), "wmeter", card.uid(), null);
        try (SimulatedMeter meter = SimulatedMeter.of(broker(), card, MeterSettings.usual())) {
            meter.connectNow();
            await().until(() -> "ON".equals(reported(id)));
            meter.behave(Faults.none().with(Fault.STUCKVALVE, 1));
            hold("forceOff", id);
            await().until(() -> "FAULT".equals(reported(id)) && settled());
            assertEquals(
                    "FAILED|VALVE_FAULT",
                    tables.one("SELECT state, code FROM device_command WHERE tenant_id = ?", company.id()));
            meter.behave(Faults.none());
            clock.shift(Duration.ofMinutes(40));
            run(reconcile.now());
            assertEquals("1", tables.one("SELECT count(*) FROM device_command WHERE tenant_id = ?", company.id()));
            meter.pressButton();
            await().until(() -> "OFF".equals(reported(id)) && settled());
        }
    }

    private DeviceCard card(String deviceClass) {
        String uid =
                deviceClass.charAt(0) + Ids.next().toString().replace("-", "").substring(10);
        return new DeviceCard(
                company.code(),
                deviceClass,
                uid,
                "any",
                "SIM-" + uid,
                deviceClass.equals("wmeter") ? LoadProfile.WATER : LoadProfile.HOME);
    }

    private static BrokerAddress broker() {
        KitServers kit = KitServers.shared();
        return BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port"));
    }

    private void hold(String mutation, UUID device) {
        Graph.as(company.manager())
                .ask(
                        "mutation($d:[ID!]!){s:" + mutation + "(deviceIds:$d,reason:\"works\"){desired}}",
                        "d",
                        List.of(device.toString()));
    }

    private String reported(UUID device) {
        return tables.one("SELECT switch_reported FROM device_state WHERE device_id = ?", device);
    }

    private boolean settled() {
        return tables.one(
                        "SELECT count(*) FROM device_command WHERE tenant_id = ? AND state IN ('QUEUED', 'SENT', 'ACCEPTED')",
                        company.id())
                .equals("0");
    }
}
