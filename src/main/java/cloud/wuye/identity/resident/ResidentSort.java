package cloud.wuye.identity.resident;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import org.eclipse.microprofile.graphql.Description;

/** What a list of residents is ordered by. */
@Description("What a list of residents is ordered by.")
public enum ResidentSort {
    @Description("By name.")
    NAME(Keyset.by(Key.asc("r.name", KeyType.TEXT), Key.asc("r.id", KeyType.UUID))),
    @Description("By when they were registered.")
    CREATED_AT(Keyset.by(Key.asc("r.created_at", KeyType.INSTANT), Key.asc("r.id", KeyType.UUID)));

    private final Keyset keyset;

    ResidentSort(Keyset keyset) {
        this.keyset = keyset;
    }

    Keyset keyset() {
        return keyset;
    }
}
