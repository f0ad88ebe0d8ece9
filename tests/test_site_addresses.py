"""Addresses of articles: every known form of one article's address gives its site and one id."""

from __future__ import annotations

import pytest

from newsscrape.sites import find_site, load_site

ADDRESSES = [
    ("yna", "AKR20230419006200320", ["https://www.yna.co.kr/view/AKR20230419006200320?section=politics/all", "https://m.yna.co.kr/amp/view/AKR20230419006200320", "http://yna.kr/AKR20230419006200320?did=1215m"]),
    ("yna-en", "AEN20230419006200320", ["https://en.yna.co.kr/view/AEN20230419006200320", "https://m-en.yna.co.kr/view/AEN20230419006200320?section=national"]),
    ("asiatoday", "20180201000926088", ["http://www.asiatoday.co.kr/view.php?key=20180201000926088", "https://ww2.asiatoday.co.kr/kn/view.php?key=20180201000926088", "http://m.asiatoday.co.kr/kn/view.php?r=articles&key=20180201000926088"]),
    ("khan", "201609260957011", ["http://biz.khan.co.kr/khan_art_view.html?artid=201609260957011&code=920100", "http://news.khan.co.kr/kh_news/khan_art_view.html?artid=201609260957011", "https://www.khan.co.kr/article/201609260957011", "https://www.khan.co.kr/economy/industry-trade/article/201609260957011"]),
    ("businesspost", "341018", ["https://www.businesspost.co.kr/BP?command=article_view&num=341018", "https://m.businesspost.co.kr/BP?command=mobile_view&num=341018"]),
    ("chosun", "2016091700921", ["http://news.chosun.com/site/data/html_dir/2016/09/17/2016091700921.html", "http://m.chosun.com/svc/article.html?sname=news&contid=2016091700921", "http://m.chosun.com/news/article.amp.html?sname=news&contid=2016091700921"]),
    ("chosun", "PHN3NSOXKVEP3M77YKKWI3QJ6A", ["https://www.chosun.com/international/international_general/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/", "https://www.chosun.com/international/international_general/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/?outputType=amp"]),
    ("chosunbiz", "PHN3NSOXKVEP3M77YKKWI3QJ6A", ["https://biz.chosun.com/it-science/ict/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/"]),
    ("hani", "761485", ["http://www.hani.co.kr/arti/society/society_general/761485.html", "http://m.hani.co.kr/arti/society/society_general/761485.html?_fr=tw"]),
    ("hankookilbo", "A2025051516330004328", ["https://www.hankookilbo.com/News/Read/A2025051516330004328", "https://m.hankookilbo.com/News/Read/Amp/A2025051516330004328", "https://www.hankookilbo.com/news/article/A2025051516330004328"]),
    ("mbc", "6475748", ["https://imnews.imbc.com/news/2023/enter/article/6475748_36161.html", "https://imnews.imbc.com/news/2023/enter/article/6475748_36162.html"]),
    ("daejonilbo", "1412361", ["http://m.daejonilbo.com/mnews.asp?pk_no=1412361", "http://www.daejonilbo.com/news/newsitem.asp?pk_no=1412361"]),
    ("daejonilbo", "2100001", ["https://www.daejonilbo.com/news/articleView.html?idxno=2100001", "https://www.daejonilbo.com/news/articleViewAmp.html?idxno=2100001"]),
    ("mediagaon", "01100201.20130707100000221", ["http://www.mediagaon.or.kr/jsp/sch/common/popup/newsviewpopup.jsp?newsId=01100201.20130707100000221"]),
    ("mk", "10520942", ["https://m.mk.co.kr/news/politics/10520942", "https://m.mk.co.kr/amp/10520942", "https://www.mk.co.kr/news/politics/10520942", "https://www.mk.co.kr/article/10520942"]),
    ("naver", "003/0012577249", ["https://n.news.naver.com/mnews/article/003/0012577249?sid=105", "https://n.news.naver.com/article/003/0012577249", "https://n.news.naver.com/article/comment/003/0012577249", "https://news.naver.com/main/read.nhn?mode=LSD&mid=sec&oid=003&aid=0012577249&sid1=001", "https://news.naver.com/main/read.naver?aid=0012577249&oid=003"]),
    ("donga", "80317105", ["http://news.donga.com/List/3/all/20160918/80317105/1", "http://news.donga.com/amp/all/20160918/80317105/1", "https://www.donga.com/news/Society/article/all/20160918/80317105/1"]),
    ("kbs", "7646022", ["https://news.kbs.co.kr/news/view.do?ncd=7646022", "https://news.kbs.co.kr/news/pc/view/view.do?ncd=7646022&ref=A"]),
    ("sbs", "N1007161287", ["https://news.sbs.co.kr/news/endPage.do?news_id=N1007161287", "https://mnews.sbs.co.kr/news/endPage.do?newsId=N1007161287", "http://news.sbs.co.kr/section_news/news_read.jsp?news_id=N1007161287", "https://sbsnews.co.kr/article/m/N1007161287", "https://news.sbs.co.kr/amp/news.amp?news_id=N1007161287"]),
    ("tvchosun", "2023042190134", ["http://news.tvchosun.com/site/data/html_dir/2023/04/21/2023042190134.html", "http://news.tvchosun.com/mobile/svc/article.amp.html?contid=2023042190134"]),
    ("daum", "20180516222212362", ["https://news.v.daum.net/v/20180516222212362", "https://v.daum.net/v/20180516222212362?f=m", "http://v.media.daum.net/v/20180516222212362"]),
    ("yonhapnewstv", "MYH20230420008700641", ["http://www.yonhapnewstv.co.kr/news/MYH20230420008700641?srt=l"]),
    ("ytn", "202304071836587452", ["https://www.ytn.co.kr/_ln/0103_202304071836587452", "https://m.ytn.co.kr/news_view.php?key=202304071836587452&s_mcd=0103", "https://m.ytn.co.kr/news_view.amp.php?param=0103_202304071836587452"]),
    ("sporbiz", "140476", ["http://www.sporbiz.co.kr/news/articleView.html?idxno=140476", "http://m.sporbiz.co.kr/news/articleView.html?idxno=140476", "http://www.sporbiz.co.kr/news/articlePrint.html?idxno=140476"]),
    ("zum", "49918663", ["http://news.zum.com/articles/49918663?cm=facebook", "https://m.news.zum.com/articles/49918663", "https://news.zumst.com/articles/49918663"]),
    ("joongang", "25200001", ["https://www.joongang.co.kr/article/25200001", "https://www.joongang.co.kr/article/25200001#home", "http://news.joins.com/article/olink/25200001?total_id=25200001"]),
    ("kmib", "0016001234", ["http://news.kmib.co.kr/article/view.asp?arcid=0016001234&code=61121111", "https://m.kmib.co.kr/view_amp.asp?arcid=0016001234", "https://www.kmib.co.kr/article/view.asp?arcid=0016001234"]),
    ("seoul", "20211004500082", ["https://www.seoul.co.kr/news/newsView.php?id=20211004500082&wlog_tag3=naver", "https://www.seoul.co.kr/news/society/2021/10/04/20211004500082"]),
    ("segye", "20230101500123", ["https://www.segye.com/newsView/20230101500123?OutUrl=naver"]),
    ("newsis", "NISX20240530_0002754321", ["https://www.newsis.com/view/NISX20240530_0002754321", "https://mobile.newsis.com/view_amp.html?ar_id=NISX20240530_0002754321"]),
    ("nocut", "5901234", ["https://www.nocutnews.co.kr/news/5901234", "https://m.nocutnews.co.kr/news/amp/5901234"]),
    ("jtbc", "NB12123456", ["https://news.jtbc.co.kr/article/NB12123456", "https://news.jtbc.joins.com/article/article.aspx?news_id=NB12123456"]),
    ("hankyung", "2023041812345", ["https://www.hankyung.com/article/2023041812345", "https://www.hankyung.com/article/amp/2023041812345"]),
    ("sedaily", "29OPA12345", ["https://www.sedaily.com/NewsView/29OPA12345/GG01", "https://m.sedaily.com/NewsViewAmp/29OPA12345"]),
    ("edaily", "01234566635577000", ["https://www.edaily.co.kr/News/Read?newsId=01234566635577000&mediaCodeNo=257", "https://m.edaily.co.kr/News/Read?newsId=01234566635577000&mediaCodeNo=257"]),
    ("etnews", "20230419000123", ["https://www.etnews.com/20230419000123"]),
    ("zdnet", "20230419123456", ["https://zdnet.co.kr/view/?no=20230419123456"]),
    ("osen", "G1112000123", ["https://www.osen.co.kr/article/G1112000123"]),
    ("ohmynews", "A0002900123", ["https://www.ohmynews.com/NWS_Web/View/at_pg.aspx?CNTN_CD=A0002900123", "https://m.ohmynews.com/NWS_Web/Mobile/amp.aspx?CNTN_CD=A0002900123"]),
    ("aitimes", "151234", ["https://www.aitimes.com/news/articleView.html?idxno=151234", "https://www.aitimes.com/news/articleViewAmp.html?idxno=151234"]),
    # National and business papers.
    ("naeil", "569720", ["https://www.naeil.com/news/read/569720?ref=naver", "https://m.naeil.com/news/read/569720", "http://www.naeil.com/news_view/?id_art=569720"]),
    ("newstomato", "1259970", ["https://www.newstomato.com/ReadNews.aspx?no=1259970", "http://www.newstomato.com/readNews.aspx?no=1259970&inflow=N", "http://www.newstomato.com/ReadNewspaper.aspx?epaper=1&no=1259970"]),
    ("metroseoul", "20231116500208", ["https://www.metroseoul.co.kr/article/20231116500208", "https://m.metroseoul.co.kr/article/20231116500208?utm_source=a"]),
    ("bizwatch", "2024/11/06/0008", ["https://news.bizwatch.co.kr/article/market/2024/11/06/0008", "http://news.bizwatch.co.kr/article/mobile/2024/11/06/0008/naver"]),
    ("ebn", "1701212", ["https://www.ebn.co.kr/news/articleView.html?idxno=1701212", "https://m.ebn.co.kr/news/articleView.html?idxno=1701212", "https://www.ebn.co.kr/news/view/1701212/?sc=naver"]),
    ("thebell", "202502130911203240101422", ["https://www.thebell.co.kr/front/newsview.asp?key=202502130911203240101422", "https://www.thebell.co.kr/free/content/ArticleView.asp?key=202502130911203240101422&lcode=00", "https://m.thebell.co.kr/m/newsview.asp?svccode=00&newskey=202502130911203240101422"]),
    ("joseilbo", "403275", ["http://www.joseilbo.com/news/htmls/2020/08/20200803403275.html", "https://m.joseilbo.com/news/view.htm?newsid=403275#_enliple", "http://www.joseilbo.com/news/news_read.php?uid=403275&class=53&grp="]),
    ("m-i", "513890", ["https://www.m-i.kr/news/articleView.html?idxno=513890", "http://www.m-i.kr/news/articleView.jsp?idxno=513890"]),
    ("dailyhankooki", "1112322", ["https://daily.hankooki.com/news/articleView.html?idxno=1112322", "https://daily.hankooki.com/news/articleViewAmp.html?idxno=1112322"]),
    ("viva100", "20250216500401", ["https://www.viva100.com/article/20250216500401", "https://viva100.com/article/20250216500401?utm_source=a"]),
    ("viva100", "20240514010004346", ["https://www.viva100.com/20240514010004346", "https://www.viva100.com/main/view.php?key=20240514010004346", "http://viva100.com/main/view.php?lcode=&series=&key=20240514010004346"]),
    ("newsway", "2024100811542097961", ["https://www.newsway.co.kr/news/view?ud=2024100811542097961", "https://www.newsway.co.kr/news/view?tp=1&ud=2024100811542097961", "https://m.newsway.co.kr/news/view?ud=2024100811542097961"]),
    ("economist", "ecn202405080023", ["https://economist.co.kr/article/view/ecn202405080023", "https://www.economist.co.kr/article/view/ecn202405080023?from=naver"]),
    ("newscj", "3101234", ["https://www.newscj.com/news/articleView.html?idxno=3101234", "https://www.newscj.com/news/articleViewAmp.html?idxno=3101234"]),
    ("munhwa", "11551636", ["https://www.munhwa.com/article/11551636"]),
    ("munhwa", "2012051501031227060002", ["http://www.munhwa.com/news/view.html?no=2012051501031227060002", "http://m.munhwa.com/mnews/view.html?no=2012051501031227060002"]),
    ("kmib", "1785142105", ["https://www.kmib.co.kr/article/view.asp?arcid=1785142105", "https://www.kmib.co.kr/article/view.asp?arcid=1785142105&code=61111611&sid1=pol"]),
    ("khan", "202512031831001", ["https://www.khan.co.kr/article/202512031831001", "https://m.khan.co.kr/article/202512031831001?utm_source=a"]),
    ("asiae", "2023092510301234567", ["https://www.asiae.co.kr/article/2023092510301234567", "https://view.asiae.co.kr/article/2023092510301234567", "https://cm.asiae.co.kr/article/2023092510301234567", "http://www.asiae.co.kr/news/view.htm?idxno=2023092510301234567"]),
    ("fnnews", "202404181030123456", ["https://www.fnnews.com/news/202404181030123456", "https://www.fnnews.com/ampNews/202404181030123456", "https://m.fnnews.com/news/202404181030123456"]),
    ("herald", "3512345", ["https://biz.heraldcorp.com/article/3512345", "https://biz.heraldcorp.com/article/3512345?ref=naver"]),
    ("herald", "20230119000519", ["http://news.heraldcorp.com/view.php?ud=20230119000519", "http://biz.heraldcorp.com/view.php?ud=20230119000519&pos=naver"]),
    ("etoday", "2444751", ["https://www.etoday.co.kr/news/view/2444751", "https://m.etoday.co.kr/view.php?idxno=2444751"]),
    ("ajunews", "20230817142012345", ["https://www.ajunews.com/view/20230817142012345", "https://m.ajunews.com/view/20230817142012345"]),
    ("mt", "2025081021183534668", ["https://www.mt.co.kr/economy/2025/08/11/2025081021183534668", "https://news.mt.co.kr/mtview.php?no=2025081021183534668", "https://m.mt.co.kr/renew/view.html?no=2025081021183534668"]),
    ("sedaily", "20014738", ["https://www.sedaily.com/article/20014738"]),
    ("donga", "122380002", ["https://www.donga.com/news/Society/article/all/20231128/122380002/1", "https://www.donga.com/news/amp/all/20231128/122380002/1"]),
    ("seoul", "20240318009005", ["https://www.seoul.co.kr/news/society/2024/03/18/20240318009005", "https://m.seoul.co.kr/news/newsView.php?id=20240318009005"]),
    ("segye", "20251202516380", ["https://www.segye.com/newsView/20251202516380", "https://m.segye.com/view/20251202516380"]),
    ("hankyung", "2024061876431", ["https://www.hankyung.com/article/2024061876431", "https://www.hankyung.com/economy/article/2024061876431", "http://news.hankyung.com/article/2024061876431"]),
    # regional papers and their CMS families
    ("busan", "2025041518201134567", ["https://www.busan.com/view/busan/view.php?code=2025041518201134567", "https://mobile.busan.com/view/busan/view.php?code=2025041518201134567", "http://www.busan.com/view/section/view.php?code=2025041518201134567"]),
    ("kookje", "20230915.22010004321", ["http://www.kookje.co.kr/news2011/asp/newsbody.asp?code=0300&key=20230915.22010004321", "https://www.kookje.co.kr/mobile/view.asp?gbn=v&code=0300&key=20230915.22010004321", "http://kookje.co.kr/news2011/asp/newsbody.asp?key=20230915.22010004321&kwd=a"]),
    ("imaeil", "2023062214331207890", ["https://www.imaeil.com/page/view/2023062214331207890", "https://news.imaeil.com/page/view/2023062214331207890?ref=naver", "https://news.imaeil.com/NewestAll/2023062214331207890", "http://mnews.imaeil.com/Society/2023062214331207890"]),
    ("imaeil", "2015/20017", ["http://www.imaeil.com/sub_news/sub_news_view.php?news_id=20017&yy=2015"]),
    ("yeongnam", "20240319010002456", ["https://www.yeongnam.com/web/view.php?key=20240319010002456", "https://m.yeongnam.com/view.php?key=20240319010002456"]),
    ("yeongnam", "20151130.010190825110001", ["http://www.yeongnam.com/mnews/newsview.do?mode=newsView&newskey=20151130.010190825110001", "https://www.yeongnam.com/web/view.php?key=20151130.010190825110001"]),
    ("idaegu", "idg202106080047", ["https://www.idaegu.com/newsView/idg202106080047"]),
    ("idaegu", "610001", ["https://www.idaegu.com/news/articleView.html?idxno=610001"]),
    ("idaegu-shinmun", "410002", ["https://www.idaegu.co.kr/news/articleView.html?idxno=410002", "https://www.idaegu.co.kr/news/articleViewAmp.html?idxno=410002"]),
    ("kyongbuk", "2130003", ["https://www.kyongbuk.co.kr/news/articleView.html?idxno=2130003"]),
    ("kwangju", "1710236400765432006", ["http://www.kwangju.co.kr/article.php?aid=1710236400765432006", "http://m.kwangju.co.kr/article.php?aid=1710236400765432006&section=4", "http://www.kwangju.co.kr/read.php3?aid=1710236400765432006"]),
    ("kjdaily", "1667289600585858006", ["http://www.kjdaily.com/article.php?aid=1667289600585858006", "http://kjdaily.com/read.php3?aid=1667289600585858006"]),
    ("tvdaily", "16158042001583000019", ["http://www.tvdaily.co.kr/read.php3?aid=16158042001583000019", "https://tvdaily.asiae.co.kr/read.php3?aid=16158042001583000019", "http://m.tvdaily.co.kr/article.php?aid=16158042001583000019"]),
    ("ctnews", "1546835640209200020", ["http://www.ctnews.kr/article.php?aid=1546835640209200020"]),
    ("ihalla", "1666156431733557123", ["https://www.ihalla.com/article.php?aid=1666156431733557123", "https://s1.ihalla.com/article.php?aid=1666156431733557123", "http://m.ihalla.com/article.php?aid=1666156431733557123&section=73"]),
    ("jnilbo", "68901234567", ["https://www.jnilbo.com/68901234567", "https://m.jnilbo.com/68901234567#google_vignette"]),
    ("jnilbo", "90000037451", ["https://www.jnilbo.com/news/articleView.html?idxno=90000037451"]),
    ("jnilbo", "1456412400490012345", ["http://www.jnilbo.com/read.php3?aid=1456412400490012345"]),
    ("mdilbo", "712345", ["http://www.mdilbo.com/detail/X2oC9g/712345", "https://m.mdilbo.com/detail/dE0Rw7/712345"]),
    ("kwnews", "2023080111214337100", ["https://www.kwnews.co.kr/page/view/2023080111214337100", "https://m.kwnews.co.kr/page/view/2023080111214337100"]),
    ("kwnews", "221102100001", ["http://www.kwnews.co.kr/nview.asp?aid=221102100001", "http://www.kwnews.co.kr/nview.asp?s=101&aid=221102100001"]),
    ("kyeongin", "1735990", ["https://www.kyeongin.com/article/1735990"]),
    ("kyeongin", "20210929010004682", ["http://www.kyeongin.com/main/view.php?key=20210929010004682", "http://m.kyeongin.com/view.php?key=20210929010004682"]),
    ("kyeonggi", "20251208580312", ["https://www.kyeonggi.com/article/20251208580312"]),
    ("kyeonggi", "2324125", ["http://www.kyeonggi.com/news/articleView.html?idxno=2324125", "http://m.kyeonggi.com/news/articleView.html?idxno=2324125"]),
    ("joongdo", "20240527010008321", ["https://www.joongdo.co.kr/web/view.php?key=20240527010008321", "http://m.joongdo.co.kr/view.php?key=20240527010008321"]),
    ("inews365", "771205", ["https://www.inews365.com/news/article.html?no=771205", "https://www.inews365.com/mobile/article.html?no=771205"]),
    ("jjan", "20230914580233", ["https://www.jjan.kr/article/20230914580233"]),
    ("jjan", "2100077", ["http://www.jjan.kr/news/articleView.html?idxno=2100077"]),
    ("domin", "1400088", ["http://www.domin.co.kr/news/articleView.html?idxno=1400088", "http://www.domin.co.kr/news/articlePrint.html?idxno=1400088"]),
    ("sjbnews", "774990", ["http://sjbnews.com/news/news.php?number=774990", "http://www.sjbnews.com/news/news.php?number=774990"]),
    ("knnews", "1401222", ["http://www.knnews.co.kr/news/articleView.php?idxno=1401222&gubun=society", "http://m.knnews.co.kr/mView.php?idxno=1401222&gubun=society"]),
    ("ksilbo", "460123", ["http://www.ksilbo.co.kr/news/articleView.html?idxno=460123"]),
    ("iusm", "1020099", ["https://www.iusm.co.kr/news/articleView.html?idxno=1020099"]),
    ("jejusori", "421007", ["https://www.jejusori.net/news/articleView.html?idxno=421007", "https://www.jejusori.net/news/articleViewAmp.html?idxno=421007", "http://m.jejusori.net/news/articleView.html?idxno=421007"]),
    ("goodmorningcc", "281455", ["http://www.goodmorningcc.com/news/articleView.html?idxno=281455"]),
    ("sjsori", "60011", ["http://www.sjsori.com/news/articleView.html?idxno=60011"]),
    ("breaknews", "1021877", ["https://www.breaknews.com/1021877", "http://www.breaknews.com/sub_read.html?uid=1021877&section=sc3", "https://www.breaknews.com/1021877?ref=naver"]),
    ("breaknews", "12345", ["http://dk.breaknews.com/sub_read.html?uid=12345&section=sc8&section2="]),
    ("shinmoongo", "120977", ["http://www.shinmoongo.net/sub_read.html?uid=120977", "http://www.shinmoongo.net/120977"]),
    ("newsprime", "612044", ["http://www.newsprime.co.kr/news/article/?no=612044", "http://www.newsprime.co.kr/news/article.html?no=612044", "https://m.newsprime.co.kr/section_view.html?menu=1&no=612044"]),
    ("cnbnews", "590123", ["https://www.cnbnews.com/news/article.html?no=590123", "https://www.cnbnews.com/mobile/article.html?no=590123"]),
    ("kgnews", "710045", ["https://www.kgnews.co.kr/news/article.html?no=710045", "https://www.kgnews.co.kr/mobile/article.html?no=710045&sec_no=1"]),
    ("kgnews", "512345", ["http://www.kgnews.co.kr/news/articleView.html?idxno=512345"]),
    ("datanews", "130777", ["https://www.datanews.co.kr/news/article.html?no=130777"]),
    ("journalist", "50432", ["http://www.journalist.or.kr/news/article.html?no=50432", "http://m.journalist.or.kr/m/m_article.html?no=50432"]),
    # portals, wires and broadcasters
    ("naver", "144/0000870001", ["https://sports.news.naver.com/news.nhn?oid=144&aid=0000870001", "https://m.sports.naver.com/kbaseball/article/144/0000870001", "https://sports.naver.com/news?oid=144&aid=0000870001", "https://sports.news.naver.com/kbaseball/news/read.nhn?oid=144&aid=0000870001&redirect=true"]),
    ("naver", "609/0000390001", ["https://entertain.naver.com/read?oid=609&aid=0000390001", "https://m.entertain.naver.com/article/609/0000390001", "https://m.entertain.naver.com/read?aid=0000390001&oid=609"]),
    ("daum", "20130405201006123", ["http://media.daum.net/society/others/newsview?newsid=20130405201006123", "http://m.media.daum.net/m/media/society/newsview/20130405201006123", "http://sports.media.daum.net/sports/baseball/newsview?newsId=20130405201006123", "https://entertain.v.daum.net/v/20130405201006123"]),
    ("nate", "20240618n21001", ["https://news.nate.com/view/20240618n21001?mid=n0403", "https://m.news.nate.com/view/20240618n21001?list=edit&cate=eco", "http://sports.news.nate.com/view/20240618n21001", "https://news.nate.com/View/20240618n21001&mid=e0102"]),
    ("msn", "AA1Qx7Zb", ["https://www.msn.com/ko-kr/news/national/%EB%8B%A4%EC%98%A8/ar-AA1Qx7Zb?ocid=BingNewsVerp", "http://www.msn.com/ko-kr/news/other/x/ar-AA1Qx7Zb#page=2", "https://www.msn.com/ko-kr/news/other/ar-AA1Qx7Zb"]),
    ("newsis", "NISX20150302_0013510001", ["http://www.newsis.com/ar_detail/view.html?ar_id=NISX20150302_0013510001&cID=10201&pID=10200", "https://newsis.com/view/?id=NISX20150302_0013510001", "https://mobile.newsis.com/view.html?ar_id=NISX20150302_0013510001"]),
    ("news1", "5600001", ["https://www.news1.kr/local/busan-gyeongnam/5600001", "https://www.news1.kr/articles/5600001", "http://news1.kr/articles/?5600001"]),
    ("newspim", "20230824000910", ["https://www.newspim.com/news/view/20230824000910", "https://m.newspim.com/news/view/20230824000910?kind=a", "https://search.newspim.com/news/view/20230824000910", "https://www.newspim.com/anda/view/20230824000910"]),
    ("nspna", "570001", ["https://www.nspna.com/news/?mode=view&newsid=570001", "http://nspna.com/news/?cid=20&mode=view&newsid=570001"]),
    ("newswire", "1003001", ["https://www.newswire.co.kr/newsRead.php?no=1003001&sourceType=rss", "https://m.newswire.co.kr/newsRead.php?no=1003001", "http://www.newswire.co.kr/?job=news&no=1003001"]),
    ("jtbc", "NB12300001", ["https://news.jtbc.co.kr/article/NB12300001?influxDiv=NAVER", "https://news.jtbc.co.kr/article/article.aspx?news_id=NB12300001", "http://mnews.jtbc.joins.com/News/Article.aspx?news_id=NB12300001", "https://news.jtbc.co.kr/article/article.aspx?newsid=NB12300001"]),
    ("mbn", "1750001", ["http://mbn.mk.co.kr/pages/news/newsView.php?ref=newsstand&news_seq_no=1750001&pos=20001", "https://www.mbn.co.kr/pages/news/newsView.php?news_seq_no=1750001", "https://m.mbn.co.kr/news-amp/society/1750001", "https://www.mbn.co.kr/news/society/1750001?r=1"]),
    ("channela", "000000360001", ["https://www.ichannela.com/news/main/news_detailPage.do?publishId=000000360001", "http://www.ichannela.com/news/main/news_detailPage.do?cateCode=000405&publishId=000000360001"]),
    ("channela", "000000510001", ["https://www.ichannela.com/news/detail/000000510001.do"]),
    ("nocut", "6180001", ["https://www.nocutnews.co.kr/news/6180001?c1=238", "https://m.nocutnews.co.kr/news/6180001", "https://m.nocutnews.co.kr/news/amp/6180001"]),
    ("sbsbiz", "20000281001", ["https://biz.sbs.co.kr/article/20000281001?division=NAVER", "https://biz.sbs.co.kr/amp/article/20000281001", "https://biz.sbs.co.kr/article_hub/20000281001"]),
    ("infomax", "4290001", ["https://news.einfomax.co.kr/news/articleView.html?idxno=4290001", "https://news.einfomax.co.kr/news/articleViewAmp.html?idxno=4290001"]),
    ("ynaeconomytv", "210001", ["https://www.yonhapnewseconomytv.com/news/articleView.html?idxno=210001"]),
    ("kbsworld", "e/172001", ["http://world.kbs.co.kr/service/news_view.htm?lang=e&Seq_Code=172001", "https://world.kbs.co.kr/service/news_view.htm?Seq_Code=172001&id=Cu&lang=e"]),
    ("kbsworld", "english/104001", ["http://world.kbs.co.kr/english/news/news_Ec_detail.htm?No=104001&id=Ec"]),
    ("wowtv", "A202601060301", ["https://www.wowtv.co.kr/NewsCenter/News/Read?articleId=A202601060301&t=NN", "https://www.wowtv.co.kr/AMP/Read?articleId=A202601060301", "http://m.wowtv.co.kr/NewsCenter/News/Read?subMenu=mystock&menuSeq=460&articleId=A202601060301"]),
    ("ebs", "60420001", ["https://news.ebs.co.kr/ebsnews/allView/60420001/N?eduNewsYn=N&newsFldDetlCd=", "http://news.ebs.co.kr/ebsnews/menu1/newsAllView/60420001/H?eduNewsYn=N"]),
    ("arirang", "281001", ["https://www.arirang.com/news/view?id=281001&lang=en", "http://www.arirang.co.kr/News/News_View.asp?nseq=281001"]),
    ("koreakr", "148920001", ["https://www.korea.kr/news/policyNewsView.do?newsId=148920001&call_from=rsslink", "https://m.korea.kr/news/policyNewsView.do?newsId=148920001"]),
    ("koreakr", "156660001", ["https://www.korea.kr/briefing/pressReleaseView.do?newsId=156660001", "https://m.korea.kr/briefing/pressReleaseView.do?newsId=156660001&pageIndex=1", "http://www.korea.kr/news/pressReleaseView.do?newsId=156660001"]),
]  # fmt: skip
ADDRESS_CASES = [
    pytest.param(url, key, identity, id=f"{key}:{url.partition('//')[2]}")
    for key, identity, urls in ADDRESSES
    for url in urls
]


@pytest.mark.parametrize(("url", "key", "identity"), ADDRESS_CASES)
def test_address_gives_site_and_id(url: str, key: str, identity: str) -> None:
    site = find_site(url)
    assert site is not None
    assert (site.key, site.identity(url), site.is_article_url(url)) == (key, identity, True)


@pytest.mark.parametrize(
    ("key", "identity", "urls"), ADDRESSES, ids=[f"{key}-{identity}" for key, identity, _ in ADDRESSES]
)
def test_canonical_address_keeps_the_id(key: str, identity: str, urls: list[str]) -> None:
    site = load_site(key)
    for url in urls:
        canonical = site.canonical(url)
        assert canonical is not None
        assert site.identity(canonical) == identity


NO_ARTICLES = [
    "https://www.yna.co.kr/politics/all",
    "https://www.khan.co.kr/",
    "https://news.naver.com/section/100",
    "https://news.naver.com/main/home.naver",
    "https://search.naver.com/search.naver?where=news&query=a",
    "https://www.mk.co.kr/news/politics/",
    "http://www.sporbiz.co.kr/news/articleList.html?sc_section_code=S1N1",
    "http://news.chosun.com/svc/list_in/list.html?source=1&pn=1",
    "https://www.hankookilbo.com/News/Politics",
    "https://news.daum.net/society",
]


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_list_address_is_no_article(url: str) -> None:
    site = find_site(url)
    assert site is None or not site.is_article_url(url)
