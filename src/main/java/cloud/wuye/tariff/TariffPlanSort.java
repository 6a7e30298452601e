package cloud.wuye.tariff;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of tariff plans is ordered by. */
@Description("What a list of tariff plans is ordered by.")
public enum TariffPlanSort implements ListSort {
    @Description("By when they were made, oldest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.asc("created_at", KeyType.INSTANT), Key.asc("id", KeyType.UUID))),
    @Description("By name, from A unless asked otherwise.")
    NAME(Keyset.by(Key.asc("name", KeyType.TEXT)));

    private final Keyset keyset;

    TariffPlanSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
