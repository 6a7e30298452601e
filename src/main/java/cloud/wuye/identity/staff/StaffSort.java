package cloud.wuye.identity.staff;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of staff is ordered by. */
@Description("What a list of staff is ordered by.")
public enum StaffSort implements ListSort {
    @Description("By name, from A unless asked otherwise.")
    NAME(Keyset.by(Key.asc("name", KeyType.TEXT), Key.asc("id", KeyType.UUID))),
    @Description("By log-in name, from A unless asked otherwise.")
    USERNAME(Keyset.by(Key.asc("username", KeyType.TEXT))),
    @Description("By when they were taken on, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("created_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    StaffSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
