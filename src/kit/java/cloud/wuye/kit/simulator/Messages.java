package cloud.wuye.kit.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Puts envelopes round messages and numbers them within one connection. */
final class Messages {
    private String boot = Ulids.boot();
    private long seq;

    /** A new connection. */
    void newBoot() {
        boot = Ulids.boot();
        seq = 0;
    }

    String boot() {
        return boot;
    }

    byte[] envelope(Outgoing message) {
        StringBuilder json = new StringBuilder(message.data().length() + 160)
                .append("{\"v\":1,\"id\":\"")
                .append(message.id())
                .append("\",\"boot\":\"")
                .append(boot)
                .append("\",\"seq\":")
                .append(seq++)
                .append(",\"ts\":\"")
                .append(millis(message.ts()))
                .append("\",\"clk\":\"")
                .append(message.clk())
                .append("\",\"data\":")
                .append(message.data())
                .append('}');
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] will() {
        return ("{\"v\":1,\"online\":false,\"boot\":\"" + boot + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    byte[] presence(Instant ts, String clk, long heartbeatSeconds) {
        return ("{\"v\":1,\"online\":true,\"boot\":\"" + boot + "\",\"ts\":\"" + millis(ts) + "\",\"clk\":\"" + clk
                        + "\",\"hb\":" + heartbeatSeconds + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] farewell(Instant ts, String clk, String reason) {
        return ("{\"v\":1,\"online\":false,\"boot\":\"" + boot + "\",\"ts\":\"" + millis(ts) + "\",\"clk\":\"" + clk
                        + "\",\"reason\":\"" + reason + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
