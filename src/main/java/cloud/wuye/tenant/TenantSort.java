package cloud.wuye.tenant;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** What a list of property companies is ordered by. */
@Enum("PropertyCompanySort")
@Description("What a list of property companies is ordered by.")
public enum TenantSort implements ListSort {
    @Description("By code, from A unless asked otherwise.")
    CODE(Keyset.by(Key.asc("code", KeyType.TEXT))),
    @Description("By name, from A unless asked otherwise.")
    NAME(Keyset.by(Key.asc("name", KeyType.TEXT), Key.asc("id", KeyType.UUID))),
    @Description("By when they were taken on board, newest first unless asked otherwise.")
    CREATED_AT(Keyset.by(Key.desc("created_at", KeyType.INSTANT), Key.desc("id", KeyType.UUID)));

    private final Keyset keyset;

    TenantSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
