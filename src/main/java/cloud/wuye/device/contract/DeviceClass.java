package cloud.wuye.device.contract;

/** What a device is on the wire: the third word of its topics' variable part. */
public enum DeviceClass {
    EMETER("emeter"),
    WMETER("wmeter"),
    CHARGER("charger"),
    FACE("face"),
    GATEWAY("gateway");

    private final String word;

    DeviceClass(String word) {
        this.word = word;
    }

    /** The word in topics and in the registry's {@code device_class} column. */
    public String word() {
        return word;
    }

    /** The class of this word, or null. */
    public static DeviceClass of(String word) {
        for (DeviceClass each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        return null;
    }
}
