export const staffSignInZhCn = {
  staffSignIn: {
    title: "员工登录",
    text: "卖方员工请使用公司统一身份认证账号登录，无须另设密码。",
    action: "使用公司账号登录",
  },
  signInProblem: {
    sign_in_failed: {
      title: "登录未成功",
      text: "身份认证系统未确认您的身份，或登录不是在此浏览器中发起的。请重新登录；如仍不成功，请联系管理员。",
    },
    sign_in_expired: {
      title: "本次登录已失效",
      text: "登录须在十分钟内完成，且每次只能使用一次。请重新登录。",
    },
    no_role: {
      title: "您还没有本系统的权限",
      text: "您的身份已确认，但尚未分配任何角色。请联系管理员开通，然后重新登录。",
    },
    sign_in_too_weak: {
      title: "登录方式未达到本系统的要求",
      text: "本系统要求更强的身份验证（通常为两步验证），本次登录未满足。请先在公司统一身份认证中启用，再重新登录；如仍不成功，请联系管理员。",
    },
    identity_provider_unavailable: {
      title: "暂时无法登录",
      text: "目前无法连接身份认证系统。请几分钟后重试；如仍不成功，请联系管理员。",
    },
    link_used: {
      title: "此链接已失效",
      text: "链接只能使用一次，且须在五分钟内打开。请回到您下单的平台，从订单或合同页面重新进入。",
    },
  },
} as const;
