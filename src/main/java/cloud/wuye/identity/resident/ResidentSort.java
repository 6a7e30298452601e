package cloud.wuye.identity.resident;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of residents is ordered by. */
@Description("What a list of residents is ordered by.")
public enum ResidentSort implements ListSort {
    @Description("By name, from A unless asked otherwise.")
    NAME(Keyset.by(Key.asc("r.name", KeyType.TEXT), Key.asc("r.id", KeyType.UUID))),
    @Description("By when they were registered, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("r.created_at", KeyType.INSTANT), Key.desc("r.id", KeyType.UUID)));

    private final Keyset keyset;

    ResidentSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
