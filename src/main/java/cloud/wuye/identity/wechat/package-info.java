/**
 * Who a resident is in WeChat: the company's mini-program, and the openid that a resident has in it. A code of
 * {@code wx.login} becomes an openid at WeChat's own server and nowhere else; no client ever says an openid.
 * With it they log in. {@code docs/explanation/residents.md} tells how. May use what identity may use.
 */
package cloud.wuye.identity.wechat;
