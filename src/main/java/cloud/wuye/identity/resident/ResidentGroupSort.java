package cloud.wuye.identity.resident;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of groups of residents is ordered by. */
@Description("What a list of groups of residents is ordered by.")
public enum ResidentGroupSort implements ListSort {
    @Description("By name, from A unless asked otherwise.")
    NAME(Keyset.by(Key.asc("g.name", KeyType.TEXT), Key.asc("g.id", KeyType.UUID))),
    @Description("By when they were made, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("g.created_at", KeyType.INSTANT), Key.desc("g.id", KeyType.UUID)));

    private final Keyset keyset;

    ResidentGroupSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
