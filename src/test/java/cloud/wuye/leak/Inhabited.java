package cloud.wuye.leak;

import static org.awaitility.Awaitility.await;

import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.dev.KitSettings;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A company that owns something of everything, made through its own front doors and by a meter of its own. */
final class Inhabited {
    private static final KitServers KIT = KitServers.shared();

    private final TestTenant tenant;
    private final Graph manager;
    private final String name;

    private Inhabited(TestTenant tenant) {
        this.tenant = tenant;
        this.manager = Graph.as(tenant.manager());
        this.name = "Garden " + tenant.code();
    }

    static void by(TestTenant tenant) {
        KIT.askAboutDevicesAt("http://127.0.0.1:" + RestAssured.port + KitSettings.DEVICE_DOOR);
        new Inhabited(tenant).moveIn();
    }

    private void moveIn() {
        String space = manager.ask(
                        "mutation($n:String!){createSpace(input:{kind:\"COMMUNITY\" name:$n}){id}}", "n", name)
                .getString("createSpace.id");
        JsonPath registered = manager.ask(
                "mutation($s:ID!,$n:String!){registerDevice(input:{kind:ELECTRICITY_METER serialNo:$n name:$n spaceId:$s})"
                        + "{device{id} credential{username password}}}",
                "s",
                space,
                "n",
                name);
        String device = registered.getString("registerDevice.device.id");
        manager.ask(
                "mutation($d:ID!,$i:MeterFittingInput!){installMeter(deviceId:$d fitting:$i){id}}",
                "d",
                device,
                "i",
                Map.of("at", Instant.now().minus(Duration.ofHours(5)).toString(), "register", "0"));
        speak(
                device,
                DeviceCard.home(
                        tenant.code(),
                        registered.getString("registerDevice.credential.username"),
                        registered.getString("registerDevice.credential.password")));
        keepHouse(device);
    }

    private void speak(String device, DeviceCard card) {
        BrokerAddress broker = BrokerAddress.parse(KIT.fact("mqtt.host") + ":" + KIT.fact("mqtt.port"));
        try (SimulatedMeter meter = SimulatedMeter.of(broker, card, MeterSettings.usual())) {
            meter.connectNow();
            meter.reportAt(Instant.now().minus(Duration.ofHours(3)));
            meter.report();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> manager.ask("query($d:ID!){device(id:$d){readings(first:5){value}}}", "d", device)
                                    .getList("device.readings")
                                    .size()
                            >= 2);
        }
        nonsense(card);
    }

    /** What cannot be read is parked, and is the company's too. */
    private static void nonsense(DeviceCard card) {
        Mqtt5BlockingClient line = Mqtt5Client.builder()
                .identifier(card.uid())
                .serverHost(KIT.fact("mqtt.host"))
                .serverPort(Integer.parseInt(KIT.fact("mqtt.port")))
                .simpleAuth()
                .username(card.uid())
                .password(card.password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        line.connect();
        line.publishWith()
                .topic(card.up("telemetry"))
                .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
                .payload("nonsense".getBytes(StandardCharsets.UTF_8))
                .send();
        line.disconnect();
    }

    private void keepHouse(String device) {
        String calendar = manager.ask(
                        "mutation($n:String!){createHolidayCalendar(input:{name:$n daysOff:[\"2026-10-01\"] workingDays:[]}){id}}",
                        "n",
                        name)
                .getString("createHolidayCalendar.id");
        manager.ask(
                "mutation($i:PowerScheduleInput!){createPowerSchedule(input:$i){id}}",
                "i",
                Map.of(
                        "name",
                        name,
                        "deviceIds",
                        List.of(device),
                        "calendarId",
                        calendar,
                        "times",
                        List.of(Map.of("action", "OFF", "time", "23:00"), Map.of("action", "ON", "time", "06:00"))));
        manager.ask(
                "mutation($n:String!,$d:[ID]){createReadingSchedule(input:{name:$n deviceIds:$d times:[{time:\"00:00\"}]}){id}}",
                "n",
                name,
                "d",
                List.of(device));
        manager.ask(
                "mutation($d:[ID!]!,$r:String!){forceOff(deviceIds:$d reason:$r){desired}}",
                "d",
                List.of(device),
                "r",
                name);
    }
}
