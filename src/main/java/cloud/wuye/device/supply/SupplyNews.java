package cloud.wuye.device.supply;

/** What those who watch switches listen to. */
public final class SupplyNews {
    /** Topic of {@code platform.live}; the subjects are devices whose holds or reported state changed. */
    public static final String TOPIC = "device.supply";

    private SupplyNews() {}
}
