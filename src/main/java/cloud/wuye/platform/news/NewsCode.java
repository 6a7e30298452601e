package cloud.wuye.platform.news;

import java.text.MessageFormat;
import java.util.List;

/** What people can be told, and in which words: {@code {0}}… stand for what the teller fills in. */
public enum NewsCode {
    /** 0: the place. */
    MOVED_IN("入住登记", "Moved in", "您已登记入住：{0}", "You are registered at {0}"),
    /** 0: the place. */
    MOVED_OUT("搬出登记", "Moved out", "您在 {0} 的入住已登记结束", "Your stay at {0} is registered as ended"),
    /** 0: the meter; 1: what is left. */
    CREDIT_LOW("余量不足", "Credit is low", "{0} 余额仅剩 {1}，请及时充值", "Only {1} is left on {0}; please top up"),
    /** 0: the meter. */
    CREDIT_EXHAUSTED(
            "余额用尽", "Credit is used up", "{0} 余额已用尽，请尽快充值", "The credit of {0} is used up; please top up soon"),
    /** 0: the meter. */
    SUPPLY_HELD("欠费断供", "Supply is off", "{0} 因欠费已断供，充值后自动恢复", "Supply at {0} is off until it is topped up"),
    /** 0: the meter. */
    SUPPLY_RESTORED("恢复供应", "Supply is back", "{0} 已恢复供应", "Supply at {0} is back");

    private final String titleZh;
    private final String titleEn;
    private final String bodyZh;
    private final String bodyEn;

    NewsCode(String titleZh, String titleEn, String bodyZh, String bodyEn) {
        this.titleZh = titleZh;
        this.titleEn = titleEn;
        this.bodyZh = bodyZh;
        this.bodyEn = bodyEn;
    }

    /** The title in Chinese. */
    public String titleZh(List<String> params) {
        return filled(titleZh, params);
    }

    /** The title in English. */
    public String titleEn(List<String> params) {
        return filled(titleEn, params);
    }

    /** The text in Chinese. */
    public String bodyZh(List<String> params) {
        return filled(bodyZh, params);
    }

    /** The text in English. */
    public String bodyEn(List<String> params) {
        return filled(bodyEn, params);
    }

    private static String filled(String pattern, List<String> params) {
        return MessageFormat.format(pattern.replace("'", "''"), params.toArray());
    }
}
