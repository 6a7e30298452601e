package cloud.wuye.device.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {
    private static final MessageParser PARSER = new MessageParser();
    private static final String HEAD =
            "{\"v\":1,\"id\":\"01KAN8ZQX3M4N5P6Q7R8S9T0V0\",\"boot\":\"9f3a\",\"seq\":812,\"ts\":\"2026-11-22T10:15:30.123Z\",\"clk\":\"ntp\",\"data\":";

    @Test
    void electricityReadingIsReadWholly() throws Rejection {
        UpMessage message = parse(
                "emeter/m-1/up/telemetry",
                """
                {"reg":{"import":"1234.56","export":"0.00","deepValley":"1"},"p":956.2,"u":[221.3],"i":[4.321],"f":50.01,
                 "relay":"closed","credit":{"mode":"meter","energy":"-31.20"},"source":"on_demand","cmd":"abc","later":[1]}""");
        assertEquals(new Topic("acme", DeviceClass.EMETER, "m-1", Channel.TELEMETRY), message.topic());
        assertEquals("9f3a", message.envelope().boot());
        assertEquals(812, message.envelope().seq());
        assertEquals(
                Instant.parse("2026-11-22T10:15:30.123Z"), message.envelope().ts());
        assertEquals(ClockSource.NTP, message.envelope().clock());
        ElectricityTelemetry reading = assertInstanceOf(ElectricityTelemetry.class, message.payload());
        assertEquals(
                Map.of(
                        EnergyRegister.IMPORT, new BigDecimal("1234.5600"),
                        EnergyRegister.EXPORT, new BigDecimal("0.0000"),
                        EnergyRegister.DEEP_VALLEY, new BigDecimal("1.0000")),
                reading.registers());
        assertEquals(new BigDecimal("956.2"), reading.power());
        assertEquals(List.of(new BigDecimal("221.3")), reading.voltages());
        assertEquals(Relay.CLOSED, reading.relay());
        assertEquals(new MeterCredit(true, new BigDecimal("-31.2000"), null, null), reading.credit());
        assertEquals(ReadingSource.ON_DEMAND, reading.source());
        assertNull(reading.temperature());
    }

    @ParameterizedTest
    @CsvSource({
        "12345.720000000001, 12345.7200",
        "0.15003999999999998, 0.1500",
        "1.00005, 1.0001",
        "1.00004999, 1.0000",
        "0000000001.5, 1.5000"
    })
    void countersLoseTheNoiseOfFloats(String sent, String kept) throws Rejection {
        UpMessage message = parse("wmeter/m-1/up/telemetry", "{\"reg\":{\"total\":\"" + sent + "\"}}");
        assertEquals(new BigDecimal(kept), ((WaterTelemetry) message.payload()).total());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234.56", "\"-1\"", "\"1e3\"", "\"\"", "\"12345678901\"", "\" 1\"", "null", "\"１\""})
    void whatIsNoCounterIsRefused(String value) {
        Rejection rejection = assertThrows(
                Rejection.class, () -> parse("wmeter/m-1/up/telemetry", "{\"reg\":{\"total\":" + value + "}}"));
        assertEquals(RejectReason.SCHEMA, rejection.reason());
        assertEquals("/data/reg/total", rejection.getMessage().substring(0, 15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "{}{}", "{\"a\":1,\"a\":2}", "{\"v\":NaN}", "\u0000"})
    void whatIsNotOneJsonTextIsRefused(String payload) {
        assertEquals(RejectReason.NOT_JSON, refusal("pm/v1/acme/emeter/m-1/up/telemetry", payload));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pm/v1/acme/emeter/m-1/up",
                "pm/v1/acme/emeter/m-1/down/cmd",
                "pm/v1/acme/toaster/m-1/up/telemetry",
                "pm/v1/acme/emeter//up/telemetry",
                "pm/v1//emeter/m-1/up/telemetry",
                "pm/v1/acme/emeter/m-1/up/telemetry/x",
                "pm/v2/acme/emeter/m-1/up/telemetry",
                "pm/v1/acme/emeter/m-1/up/bulk"
            })
    void foreignTopicsAreRefused(String topic) {
        assertEquals(RejectReason.BAD_TOPIC, refusal(topic, "{}"));
    }

    @Test
    void oversizeIsRefusedUnread() {
        assertEquals(RejectReason.TOO_LARGE, refusal("pm/v1/acme/emeter/m-1/up/info", " ".repeat(65_537)));
    }

    @Test
    void hugeExponentsCostNothing() {
        assertEquals(
                RejectReason.SCHEMA,
                refusal(
                        "pm/v1/acme/emeter/m-1/up/telemetry",
                        HEAD + "{\"reg\":{\"import\":\"1\"},\"p\":1e999999999}}"));
        assertEquals(
                RejectReason.SCHEMA,
                refusal(
                        "pm/v1/acme/charger/m-1/up/telemetry",
                        HEAD + "{\"sock\":1e999999999,\"state\":\"available\"}}"));
    }

    @Test
    void lastWillNeedsNothingButTheFact() throws Rejection {
        UpMessage will = PARSER.parse(
                Topic.parse("pm/v1/acme/face/f-1/up/presence"), "{\"online\":false}".getBytes(StandardCharsets.UTF_8));
        assertEquals(new Presence(false, null, null, null, null), will.payload());
        assertNull(will.envelope());
    }

    @Test
    void itemsOfABulkAreNamedByTheirUidBootSeqAndTime() throws Rejection {
        String item =
                "{\"uid\":\"em-0017-1\",\"seq\":4,\"ts\":\"2026-11-22T10:15:00Z\",\"kind\":\"telemetry\",\"data\":{\"reg\":{\"import\":\"88.10\"}}}";
        Bulk.Item first = item("{\"items\":[" + item + "]}");
        Bulk.Item again = item("{\"items\":[" + item + "],\"other\":1}");
        assertEquals(first.envelope().id(), again.envelope().id());
        assertEquals("9f3a", first.envelope().boot());
        assertEquals(
                new BigDecimal("88.1000"),
                ((ElectricityTelemetry) PARSER.parseItem("acme", DeviceClass.EMETER, first)
                                .payload())
                        .total());
        assertThrows(Rejection.class, () -> PARSER.parseItem("acme", DeviceClass.WMETER, first));
    }

    @Test
    void ulidsAreKeptAsTheirBits() {
        for (UUID id : List.of(
                new UUID(0, 0),
                new UUID(-1, -1),
                new UUID(1, -2),
                new UUID(0x0123456789abcdefL, 0x8899aabbccddeeffL))) {
            assertEquals(id, Ulid.parse(Ulid.format(id)));
        }
        assertEquals("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", Ulid.format(new UUID(-1, -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T10:15:30Z",
                "2024-02-29T23:59:59.9Z",
                "1970-01-01T00:00:00.000001Z",
                "0001-01-01T00:00:00Z"
            })
    void instantsAreReadAsTheStandardParserReadsThem(String text) {
        assertEquals(Instant.parse(text), Timestamps.parse(text));
    }

    private static Bulk.Item item(String data) throws Rejection {
        return ((Bulk) parse("gateway/g-1/up/bulk", data).payload()).items().get(0);
    }

    private static UpMessage parse(String topic, String data) throws Rejection {
        return PARSER.parse(Topic.parse("pm/v1/acme/" + topic), (HEAD + data + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static RejectReason refusal(String topic, String payload) {
        return assertThrows(
                        Rejection.class,
                        () -> PARSER.parse(Topic.parse(topic), payload.getBytes(StandardCharsets.UTF_8)))
                .reason();
    }
}
