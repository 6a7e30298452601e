package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import org.eclipse.microprofile.graphql.Description;

/** What a list of lines of charged usage is ordered by. */
@Description("What a list of lines of charged usage is ordered by.")
public enum RatedUsageLineSort implements ListSort {
    @Description(
            "By when their usage ended, the latest first unless asked otherwise; corrections stand with what they correct.")
    UNTIL(Keyset.by(
            Key.desc("l.until", KeyType.INSTANT), Key.desc("l.revision", KeyType.INT), Key.desc("l.no", KeyType.INT)));

    private final Keyset keyset;

    RatedUsageLineSort(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public Keyset keyset() {
        return keyset;
    }
}
