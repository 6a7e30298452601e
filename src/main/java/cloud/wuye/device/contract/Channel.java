package cloud.wuye.device.contract;

/** The last word of a device's upward topics. */
public enum Channel {
    PRESENCE("presence"),
    INFO("info"),
    STATE("state"),
    TELEMETRY("telemetry"),
    EVENT("event"),
    ACK("ack"),
    BULK("bulk"),
    REQ("req");

    private final String word;

    Channel(String word) {
        this.word = word;
    }

    /** The word in topics. */
    public String word() {
        return word;
    }

    /** The channel of this word, or null. */
    public static Channel of(String word) {
        for (Channel each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        return null;
    }
}
