package cloud.wuye.device.registry;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import org.eclipse.microprofile.graphql.Description;

/** What a list of devices is ordered by. */
@Description("What a list of devices is ordered by.")
public enum DeviceSort {
    @Description("By serial number.")
    SERIAL_NO(Keyset.by(Key.asc("d.serial_no", KeyType.TEXT), Key.asc("d.id", KeyType.UUID))),
    @Description("By name.")
    NAME(Keyset.by(Key.asc("d.name", KeyType.TEXT), Key.asc("d.id", KeyType.UUID))),
    @Description("By time of registration.")
    CREATED_AT(Keyset.by(Key.asc("d.created_at", KeyType.INSTANT), Key.asc("d.id", KeyType.UUID)));

    private final Keyset keyset;

    DeviceSort(Keyset keyset) {
        this.keyset = keyset;
    }

    Keyset keyset() {
        return keyset;
    }
}
