package cloud.wuye.device.contract;

/**
 * An upward topic, {@code pm/v1/{tenant}/{class}/{uid}/up/{channel}}. It is what the sender claims; only the registry
 * says whether tenant, class and uid belong together.
 *
 * @param tenant the property company's code
 * @param deviceClass what the device is
 * @param uid the device's opaque name, its MQTT user name
 * @param channel what kind of message this is
 */
public record Topic(String tenant, DeviceClass deviceClass, String uid, Channel channel) {
    private static final String ROOT = "pm/v1/";

    /** Takes a topic apart; refuses with {@link RejectReason#BAD_TOPIC} what is none of ours. */
    public static Topic parse(String topic) throws Rejection {
        String[] words = topic.split("/", -1);
        if (words.length != 7 || !topic.startsWith(ROOT) || !words[5].equals("up")) {
            throw new Rejection(RejectReason.BAD_TOPIC, "not pm/v1/{tenant}/{class}/{uid}/up/{channel}");
        }
        DeviceClass deviceClass = DeviceClass.of(words[3]);
        Channel channel = Channel.of(words[6]);
        if (deviceClass == null || channel == null || words[2].isEmpty() || words[4].isEmpty()) {
            throw new Rejection(RejectReason.BAD_TOPIC, "no such class or channel, or an empty word");
        }
        return new Topic(words[2], deviceClass, words[4], channel);
    }

    /** Where this device listens: {@code cmd}, {@code evtack}, {@code desired} or {@code res}. */
    public static String down(String tenant, DeviceClass deviceClass, String uid, String word) {
        return ROOT + tenant + "/" + deviceClass.word() + "/" + uid + "/down/" + word;
    }

    @Override
    public String toString() {
        return ROOT + tenant + "/" + deviceClass.word() + "/" + uid + "/up/" + channel.word();
    }
}
