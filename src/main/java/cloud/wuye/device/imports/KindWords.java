package cloud.wuye.device.imports;

import cloud.wuye.device.registry.DeviceKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What people write for a kind of device. */
final class KindWords {
    private static final Map<String, DeviceKind> CHINESE = Map.of(
            "电表", DeviceKind.ELECTRICITY_METER,
            "水表", DeviceKind.WATER_METER,
            "充电桩", DeviceKind.CHARGING_PILE,
            "人脸机", DeviceKind.FACE_TERMINAL,
            "网关", DeviceKind.GATEWAY,
            "集中器", DeviceKind.GATEWAY);

    private KindWords() {}

    /** The kind behind a Chinese word, the name in the API or the word in topics. */
    static Optional<DeviceKind> kind(String word) {
        String wanted = word.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(CHINESE.get(word)).or(() -> Stream.of(DeviceKind.values())
                .filter(kind -> kind.name().equals(wanted)
                        || kind.deviceClass().word().toUpperCase(Locale.ROOT).equals(wanted))
                .findFirst());
    }
}
