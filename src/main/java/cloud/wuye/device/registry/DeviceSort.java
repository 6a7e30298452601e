package cloud.wuye.device.registry;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of devices is ordered by. */
@Description("What a list of devices is ordered by.")
public enum DeviceSort implements ListSort {
    @Description("By serial number.")
    SERIAL_NO(Keyset.by(Key.asc("d.serial_no", KeyType.TEXT))),
    @Description("By name.")
    NAME(Keyset.by(Key.asc("d.name", KeyType.TEXT), Key.asc("d.id", KeyType.UUID))),
    @Description("By time of registration.")
    CREATED_AT(Keyset.by(Key.asc("d.created_at", KeyType.INSTANT), Key.asc("d.id", KeyType.UUID)));

    private final Keyset keyset;

    DeviceSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
