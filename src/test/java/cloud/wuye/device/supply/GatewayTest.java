package cloud.wuye.device.supply;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.LoadProfile;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedGateway;
import cloud.wuye.platform.Ids;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Meters behind a gateway: a real client on the real broker. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class GatewayTest {
    @Inject
    TestDevices tables;

    private TestTenant company;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
    }

    @Test
    void aGatewaySpeaksForItsChildrenEachWithItsOwnFreshness() {
        DeviceCard home = card("gateway");
        DeviceCard power = card("emeter");
        DeviceCard water = card("wmeter");
        UUID gatewayId = tables.device(company.id(), "gateway", home.uid(), null);
        UUID powerId = tables.device(company.id(), "emeter", power.uid(), gatewayId);
        UUID waterId = tables.device(company.id(), "wmeter", water.uid(), gatewayId);
        try (SimulatedGateway gateway =
                SimulatedGateway.of(broker(), home, List.of(power, water), MeterSettings.usual())) {
            gateway.connectNow();
            gateway.child(power.uid()).report();
            gateway.child(water.uid()).report();
            await().untilAsserted(() -> assertEquals(
                    List.of("2", "1"), // import and export; water
                    List.of(readings(powerId), readings(waterId)),
                    () -> String.join(
                            "\n",
                            tables.rows(
                                    "SELECT reason, detail FROM rejected_message WHERE tenant_id = ?", company.id()))));
            await().until(() -> "ON".equals(reported(powerId)) && "ON".equals(reported(waterId)));

            hold("forceOff", powerId);
            await().until(() -> "OFF".equals(reported(powerId)) && settled());
            assertEquals(1, gateway.heardCommands().size(), "on the gateway's own topic");
            assertEquals(
                    power.uid(), gateway.heardCommands().get(0).path("child").asText());
            assertTrue(gateway.child(water.uid()).hasSupply());

            gateway.childAnswers(power.uid(), false);
            await().until(() -> "OFFLINE".equals(connectivity(powerId)));
            assertEquals("ONLINE", connectivity(waterId));
            assertEquals("ONLINE", connectivity(gatewayId));
            hold("releaseForceOff", powerId);
            hold("forceOff", waterId);
            await().until(() -> "OFF".equals(reported(waterId)));
            assertEquals(2, gateway.heardCommands().size(), "nothing is sent to a child that does not answer");

            gateway.childAnswers(power.uid(), true);
            await().until(() -> "ON".equals(reported(powerId)) && settled());
            assertTrue(gateway.child(power.uid()).hasSupply());
            assertEquals(3, gateway.heardCommands().size());
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

    private String connectivity(UUID device) {
        return tables.one("SELECT connectivity FROM device_state WHERE device_id = ?", device);
    }

    private String readings(UUID device) {
        return tables.one("SELECT count(*) FROM meter_reading WHERE device_id = ?", device);
    }

    private boolean settled() {
        return tables.one(
                        "SELECT count(*) FROM device_command WHERE tenant_id = ? AND state IN ('QUEUED', 'SENT', 'ACCEPTED')",
                        company.id())
                .equals("0");
    }
}
