package cloud.wuye.space.occupancy;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of occupancies is ordered by. */
@Description("What a list of occupancies is ordered by.")
public enum OccupancySort implements ListSort {
    @Description("By beginning, the latest first unless asked otherwise.")
    SINCE(Keyset.by(Key.desc("o.since", KeyType.INSTANT), Key.desc("o.id", KeyType.UUID)));

    private final Keyset keyset;

    OccupancySort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
