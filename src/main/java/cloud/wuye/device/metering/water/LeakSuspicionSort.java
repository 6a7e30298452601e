package cloud.wuye.device.metering.water;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of suspected leaks is ordered by. */
@Description("What a list of suspected leaks is ordered by.")
public enum LeakSuspicionSort implements ListSort {
    @Description("By when they were noticed, newest first unless asked otherwise.")
    OPENED_AT(Keyset.by(Key.desc("l.opened_at", KeyType.INSTANT), Key.desc("l.id", KeyType.UUID)));

    private final Keyset keyset;

    LeakSuspicionSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
