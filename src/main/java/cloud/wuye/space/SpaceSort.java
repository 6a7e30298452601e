package cloud.wuye.space;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of spaces is ordered by. */
@Description("What a list of spaces is ordered by.")
public enum SpaceSort implements ListSort {
    @Description("By name.")
    NAME(Keyset.by(Key.asc("s.name", KeyType.TEXT), Key.asc("s.id", KeyType.UUID))),
    @Description("By place among siblings, then name: the order in which the children of one space are shown.")
    POSITION(Keyset.by(
            Key.asc("s.position", KeyType.INT), Key.asc("s.name", KeyType.TEXT), Key.asc("s.id", KeyType.UUID))),
    @Description("By time of creation.")
    CREATED_AT(Keyset.by(Key.asc("s.created_at", KeyType.INSTANT), Key.asc("s.id", KeyType.UUID)));

    private final Keyset keyset;

    SpaceSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
