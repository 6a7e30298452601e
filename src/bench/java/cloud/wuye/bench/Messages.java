package cloud.wuye.bench;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The messages of a load: the k-th is of device k × 40503 mod D, whose counter moves by 0.021 kWh a round. */
interface Messages {
    /** An odd stride, so that neighbours in time are no neighbours in the tables. */
    long STRIDE = 40_503;

    /** Topic and payload of a message, made at the moment it is sent. */
    record Message(byte[] topic, byte[] payload) {
        static Message of(String topic, String payload) {
            return new Message(topic.getBytes(StandardCharsets.US_ASCII), payload.getBytes(StandardCharsets.US_ASCII));
        }
    }

    Message at(long number);

    /** One device of the load, as the contract names it. */
    record Device(String tenant, String uid) {}

    /** The contract's own: an envelope with id, boot, number, time and clock around the register and the electrical values. */
    static Messages ofContract(List<Device> devices, long firstRound) {
        return number -> {
            Device device = devices.get((int) (number * STRIDE % devices.size()));
            long round = firstRound + number / devices.size();
            return Message.of(
                    "pm/v1/" + device.tenant() + "/emeter/" + device.uid() + "/up/telemetry",
                    "{\"v\":1,\"id\":\"" + Ulid.format(Ids.next()) + "\",\"boot\":\"b1\",\"seq\":" + round
                            + ",\"ts\":\""
                            + Instant.now().truncatedTo(ChronoUnit.MILLIS)
                            + "\",\"clk\":\"ntp\",\"data\":{\"reg\":{\"import\":\""
                            + thousandths(100_000 + round * 21) + "\"},\"p\":" + (500 + number % 3000) + ",\"u\":[220."
                            + number % 10 + "],\"i\":[6.8],\"relay\":\"closed\"}}");
        };
    }

    /**
     * The reference's fields, bare or with the contract's envelope behind them, so that its messages are as long as the
     * contract's. Its programs look for {@code "ts"} in microseconds and take the first one.
     */
    static Messages ofReference(int devices, int tenants, boolean enveloped) {
        return number -> {
            long device = number * STRIDE % devices;
            long round = number / devices;
            Instant now = Instant.now();
            long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
            String bare = "{\"d\":" + device + ",\"ts\":" + micros + ",\"kwh\":" + thousandths(100_000 + round * 21)
                    + ",\"p\":" + (500 + number % 3000) + ",\"v\":" + (2200 + number % 100) + ",\"i\":"
                    + number % 15_000
                    + ",\"seq\":" + round + ",\"on\":true";
            String envelope = ",\"ver\":1,\"id\":\"" + Ulid.format(Ids.next()) + "\",\"boot\":\"b1\",\"at\":\""
                    + now.truncatedTo(ChronoUnit.MILLIS) + "\",\"clk\":\"ntp\"";
            return Message.of(
                    "t/" + device % tenants + "/d/" + device + "/up", bare + (enveloped ? envelope : "") + "}");
        };
    }

    private static String thousandths(long count) {
        String digits = Long.toString(count);
        int point = digits.length() - 3;
        return digits.substring(0, point) + "." + digits.substring(point);
    }
}
