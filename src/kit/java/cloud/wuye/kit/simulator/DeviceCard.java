package cloud.wuye.kit.simulator;

/**
 * What a device was given when it was installed.
 *
 * @param tenant the property company's code, as it stands in topics
 * @param deviceClass {@code emeter} or {@code wmeter}
 * @param uid its opaque name, also its MQTT user name and client id
 * @param password its MQTT password; may be empty when it speaks over a shared connection
 * @param serial the number on its type plate
 * @param profile what hangs behind it
 */
public record DeviceCard(
        String tenant, String deviceClass, String uid, String password, String serial, LoadProfile profile) {

    /** A card for a test: an electricity meter of a home, its serial number made of its uid. */
    public static DeviceCard home(String tenant, String uid, String password) {
        return new DeviceCard(tenant, "emeter", uid, password, serialOf(uid), LoadProfile.HOME);
    }

    static String serialOf(String uid) {
        return "SIM-" + uid;
    }

    /** The same device after its password was changed. */
    public DeviceCard withPassword(String changed) {
        return new DeviceCard(tenant, deviceClass, uid, changed, serial, profile);
    }

    /** {@code pm/v1/{tenant}/{class}/{uid}/up/{channel}}. */
    public String up(String channel) {
        return home() + "/up/" + channel;
    }

    /** Everything that is meant for it. */
    public String allDown() {
        return home() + "/down/#";
    }

    boolean isWater() {
        return deviceClass.equals("wmeter");
    }

    private String home() {
        return "pm/v1/" + tenant + "/" + deviceClass + "/" + uid;
    }
}
