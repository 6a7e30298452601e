package cloud.wuye.device.metering;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of readings is ordered by. */
@Description("What a list of readings is ordered by.")
public enum MeterReadingSort implements ListSort {
    @Description("By when they were read, newest first unless asked otherwise.")
    READ_AT(Keyset.by(
            Key.desc("r.read_at", KeyType.INSTANT),
            Key.desc("r.event_id", KeyType.UUID),
            Key.desc("r.device_id", KeyType.UUID),
            Key.desc("r.register", KeyType.TEXT)));

    private final Keyset keyset;

    MeterReadingSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
